"""Current positions, and whether people's rows may name the organisation."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from entregent.directory.models import Party, Position
from entregent.directory.visibility.visibility import Visibility


class Held(NamedTuple):
    """A current position in an organisation that everyone may see."""

    organisation_id: int
    name: str
    function: str


def held_by(positions: Iterable[Position], today: date) -> list[Held]:
    """Return the current positions, the main one first.

    Only those in organisations that everyone may see, since whoever sees a row may read all it shows (B3).
    """
    current = [
        position for position in positions if still_held(position.until, today) and public(position.organisation)
    ]
    current.sort(key=lambda position: (not position.main, position.pk))
    return [Held(position.organisation_id, position.organisation.name, position.function) for position in current]


def still_held(until: date | None, today: date) -> bool:
    """Whether a position that ends on ``until`` is current; one that ends today is already a former one."""
    return until is None or until > today


def public(organisation: Party) -> bool:
    """Whether every member of the account may see an organisation, so that people's rows may name it."""
    return organisation.visibility == Visibility.EVERYONE and not organisation.in_bin
