"""The positions that a reader may see."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.models import Party, Position
from entregent.directory.parties.reading import Record

from .whereabouts import in_known


def seen_places(by: Actor) -> QuerySet[Position]:
    """Return the positions whose person and organisation ``by`` may see; both are tested row by row."""
    contact = Party.readable.visible_to(by).filter(pk=OuterRef("contact"))
    return in_known(Position.readable.filter(Exists(contact)), by)


def visible_places(by: Actor, several: Iterable[Record]) -> dict[int, Position]:
    """Return people's main positions by person's id, if ``by`` may see the organisation.

    One query whatever the number of records.
    """
    mains = [position for record in several for position in record.positions if position.main]
    ids = {position.organisation_id for position in mains}
    seen = set(Party.readable.known_to(by).filter(pk__among=ids).values_list("pk", flat=True)) if ids else set()
    return {position.contact_id: position for position in mains if position.organisation_id in seen}
