"""The places that count today: which are held, and which of them rows of others may name."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from entregent.directory.models import Party, Position
from entregent.directory.visibility.visibility import Visibility


class Held(NamedTuple):
    """A place held today, in an organisation that everyone may see."""

    organisation_id: int
    name: str
    function: str


def held_by(positions: Iterable[Position], today: date) -> list[Held]:
    """The positions that count today, the main one first.

    Only organisations that everyone may see count: what a row shows, whoever sees the row may read (B3).
    """
    current = [
        position for position in positions if still_held(position.until, today) and public(position.organisation)
    ]
    current.sort(key=lambda position: (not position.main, position.pk))
    return [Held(position.organisation_id, position.organisation.name, position.function) for position in current]


def still_held(until: date | None, today: date) -> bool:
    """Whether a place that ends on ``until`` counts as current: closed today, it is a former one at once."""
    return until is None or until > today


def public(organisation: Party) -> bool:
    """Whether every member of the account may see it, so that rows of others may name it."""
    return organisation.visibility == Visibility.EVERYONE and not organisation.in_bin
