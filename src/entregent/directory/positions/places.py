"""Which places of people in organisations one reader may see."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.models import Party, Position
from entregent.directory.parties.reading import Record

from .whereabouts import in_known


def seen_places(by: Actor) -> QuerySet[Position]:
    """The places whose both ends ``by`` may see; each is asked for its own, since the list of all ends is long."""
    contact = Party.readable.visible_to(by).filter(pk=OuterRef("contact"))
    return in_known(Position.readable.filter(Exists(contact)), by)


def visible_places(by: Actor, several: Iterable[Record]) -> dict[int, Position]:
    """The main position of each person that has one in an organisation ``by`` may see, by the person's id.

    One query whatever the number of records.
    """
    mains = [position for record in several for position in record.positions if position.main]
    ids = {position.organisation_id for position in mains}
    seen = set(Party.readable.known_to(by).filter(pk__among=ids).values_list("pk", flat=True)) if ids else set()
    return {position.contact_id: position for position in mains if position.organisation_id in seen}
