"""The place that a person's record may be shown with to one reader."""

from collections.abc import Iterable

from entregent.accounts.actor import Actor

from .models import Party, Position
from .reading import Record


def visible_places(by: Actor, several: Iterable[Record]) -> dict[int, Position]:
    """The main position of each person that has one in an organisation ``by`` may see, by the person's id.

    One query whatever the number of records.
    """
    mains = [position for record in several for position in record.positions if position.main]
    ids = {position.organisation_id for position in mains}
    seen = set(Party.readable.known_to(by).filter(pk__among=ids).values_list("pk", flat=True)) if ids else set()
    return {position.contact_id: position for position in mains if position.organisation_id in seen}
