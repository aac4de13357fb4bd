"""The register of deeds, the kinds of journal entries: each is declared once, by the room whose action writes it.

Entries store codes; sentences are made when they are shown. Rooms declare their deeds in a ``deeds.py``; those with a
special meaning for the journal are here.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, eq=False, repr=False)
class Deed(str):
    """A kind of journal entry. It is a string: the code that entries store.

    ``says``: its sentence, with ``{actor}``, ``{about}`` (the parties) and ``{what}`` (anything else). ``undone``:
    the sentence of its undo; ``""`` if nothing undoes it. ``name``: its label in the filter by kind; ``place``: its
    rank there. ``icon``: in the sprite; ``tone``: its colour.
    """

    code: str
    says: Promise | str
    name: Promise | str
    place: int
    undone: Promise | str = ""
    icon: str = "settings"
    tone: str = "note"
    housekeeping: bool = False
    """About the account itself, not about a party."""
    on_link: bool = False
    """About a position: the entry concerns the person and the organisation."""
    moves: bool = False
    """Shown to every account in «Ce qui a changé» when it is done to a shared record."""
    evident: bool = False
    """Its changes repeat the whole record, so they are only shown in the record's history."""
    on_many: bool = False
    """With several records, the changes common to all of them are shown under the sentence."""
    in_bulk: bool = False
    """The account's infobox shows none of its changes, even if it concerns one record only."""

    def __new__(cls, code: str, *_args: Any, **_row: Any) -> "Deed":
        return super().__new__(cls, code)


DEEDS: dict[str, Deed] = {}
"""Code → deed."""
UNKNOWN = _("{actor} did “{code}”, which this version does not know: {about}")


def deed(code: str, **row: Any) -> Deed:
    """Register a deed. Raises ``ValueError`` if its code is taken."""
    if code in DEEDS:
        raise ValueError(f"There already is a deed {code!r}.")
    DEEDS[code] = Deed(code, **row)
    return DEEDS[code]


def deed_of(code: str) -> Deed:
    """Return the deed of a stored code; for an unknown code, a deed whose sentence says so."""
    return DEEDS.get(code) or Deed(code, says=UNKNOWN, name=code, place=0)


def in_order() -> list[Deed]:
    """Return every deed, in the order of the filter by kind."""
    return sorted(DEEDS.values(), key=lambda deed: deed.place)


def housekeeping() -> list[Deed]:
    """Return the deeds about the account itself, not about parties."""
    return [deed for deed in DEEDS.values() if deed.housekeeping]


def on_links() -> list[Deed]:
    """Return the deeds about positions."""
    return [deed for deed in DEEDS.values() if deed.on_link]


CREATED = deed(
    "created",
    says=_("{actor} added {about}"),
    name=_("Addition"),
    icon="plus",
    tone="act",
    place=10,
    moves=True,
    evident=True,
)
CHANGED = deed(
    "changed", says=_("{actor} changed {about}"), name=_("Change"), icon="pencil", tone="act", place=20, moves=True
)
BINNED = deed(
    "binned",
    says=_("{actor} put {about} in the bin"),
    name=_("Put in the bin"),
    icon="trash",
    tone="off",
    place=70,
    moves=True,
)
RESTORED = deed(
    "restored",
    says=_("{actor} restored {about}"),
    name=_("Restoration"),
    icon="arrow-back-up",
    tone="on",
    place=80,
    moves=True,
)
PURGED = deed(
    "purged",
    says=_("{actor} deleted {about} for good"),
    name=_("Deletion for good"),
    icon="trash",
    tone="off",
    place=90,
    evident=True,
)
ATTACHED = deed(
    "attached",
    says=_("{actor} added a contact/organisation link: {about}"),
    name=_("Link added"),
    icon="building",
    tone="act",
    place=100,
    on_link=True,
    moves=True,
)
DETACHED = deed(
    "detached",
    says=_("{actor} closed a contact/organisation link: {about}"),
    name=_("Link closed"),
    icon="unlink",
    tone="wait",
    place=110,
    on_link=True,
    moves=True,
)
POSITION_CHANGED = deed(
    "position_changed",
    says=_("{actor} changed a contact/organisation link: {about}"),
    name=_("Link changed"),
    icon="building",
    tone="act",
    place=120,
    on_link=True,
    moves=True,
)
POSITION_DELETED = deed(
    "position_deleted",
    says=_("{actor} deleted a contact/organisation link: {about}"),
    name=_("Link deleted"),
    icon="unlink",
    tone="off",
    place=130,
    on_link=True,
    moves=True,
)
