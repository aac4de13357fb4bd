"""Compute the changes of a person's positions by a sync, and the data to undo them."""

from dataclasses import dataclass, field
from datetime import date

from entregent.directory.models import Party, Position
from entregent.directory.parties.cards import reference
from entregent.directory.parties.reading import Record
from entregent.directory.positions.held import still_held
from entregent.kernel.text import fold

from .rows import Place

Changes = dict[str, list]


@dataclass(slots=True)
class Step:
    """The changes of one person's positions. ``dates``: a position whose dates change, and the new ones."""

    closing: Position | None = None
    opening: Place | None = None
    organisation: Party | None = None
    dates: tuple[Position, Place] | None = None
    changes: Changes = field(default_factory=dict)


def step_for(record: Record, place: Place | None, organisation: Party | None, today: date) -> Step:
    """Return the changes that give ``record`` the position ``place`` (None: none); empty if it has it already."""
    held = [position for position in record.positions if still_held(position.until, today)]
    main = next((position for position in held if position.main), held[0] if held else None)
    if place is None or organisation is None:
        return Step(closing=main, changes=_told(main, None, "")) if main else Step()
    ended = not still_held(place.until, today)
    same = [position for position in (record.positions if ended else held) if _same(position, place, organisation)]
    if same:
        return _redated(same[0], place)
    changes = _told(None if ended else main, organisation, place.function)
    return Step(None if ended else main, place, organisation, changes=changes)


def leaving(record: Record, today: date) -> list[Position]:
    """Return the positions that end when a person leaves, the main one first."""
    return [position for position in record.positions if still_held(position.until, today)]


def left(positions: list[Position]) -> Changes:
    """Return the journal's changes for ended positions: those of the main one."""
    return _told(positions[0], None, "") if positions else {}


def keep_a_main(record: Record, today: date) -> Position | None:
    """If no position is the main one, make the oldest current one so (unsaved), and return it."""
    held = [position for position in record.positions if still_held(position.until, today)]
    if not held or any(position.main for position in held):
        return None
    first = min(held, key=lambda position: position.pk or 0)
    first.main = True
    return first


def _same(position: Position, place: Place, organisation: Party) -> bool:
    return position.organisation_id == organisation.pk and position.function_key == fold(place.function)[:150]


def _redated(position: Position, place: Place) -> Step:
    changes: Changes = {}
    for name in ("since", "until"):
        old, new = getattr(position, name), getattr(place, name)
        if new is not None and new != old:
            changes[name] = [iso(old) or "", iso(new)]
    return Step(dates=(position, place), changes=changes) if changes else Step()


def _told(old: Position | None, organisation: Party | None, function: str) -> Changes:
    before = (reference(old.organisation_id, old.organisation.name), old.function) if old else ("", "")
    after = (reference(organisation.pk, organisation.name), function) if organisation else ("", "")
    pairs = zip(("organisation", "function"), before, after, strict=True)
    return {name: [one, other] for name, one, other in pairs if one != other}


def iso(day: date | None) -> str | None:
    """Return a day or a moment as JSON holds it."""
    return day.isoformat() if day else None
