"""The register of deeds, the kinds of journal entries: each is declared once, by the room whose action writes it.

Entries store codes; sentences are made when they are shown. Rooms declare their deeds in a ``deeds.py``; those with a
special meaning for the journal are here.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Promise | str


@dataclass(frozen=True, eq=False, repr=False)
class Deed(str):
    """A kind of journal entry. It is a string: the code that entries store.

    ``rank``: its order in the filter by kind; ``name``: its label there, also in the sentence of its undo; ``says``:
    its sentence, with ``{actor}``, ``{about}`` (the parties) and ``{what}`` (anything else); ``icon``: in the sprite;
    ``tone``: its colour.
    """

    code: str
    rank: int
    name: Words
    says: Words
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


def deed(
    code: str, rank: int, name: Words, says: Words, icon: str = "settings", tone: str = "note", **flags: bool
) -> Deed:
    """Register a deed. Raises ``ValueError`` if its code is taken."""
    if code in DEEDS:
        raise ValueError(f"There already is a deed {code!r}.")
    DEEDS[code] = Deed(code, rank, name, says, icon, tone, **flags)
    return DEEDS[code]


def account_deed(code: str, rank: int, name: Words, says: Words) -> Deed:
    """Register a deed about the account itself."""
    return deed(code, rank, name, says, housekeeping=True)


def link_deed(code: str, rank: int, name: Words, says: Words, icon: str, tone: str) -> Deed:
    """Register a deed about a position."""
    return deed(code, rank, name, says, icon, tone, on_link=True, moves=True)


def deed_of(code: str) -> Deed:
    """Return the deed of a stored code; for an unknown code, a deed whose sentence says so."""
    return DEEDS.get(code) or Deed(code, 0, code, UNKNOWN)


def in_order() -> list[Deed]:
    """Return every deed, in the order of the filter by kind."""
    return sorted(DEEDS.values(), key=lambda deed: deed.rank)


def housekeeping() -> list[Deed]:
    """Return the deeds about the account itself, not about parties."""
    return [deed for deed in DEEDS.values() if deed.housekeeping]


def on_links() -> list[Deed]:
    """Return the deeds about positions."""
    return [deed for deed in DEEDS.values() if deed.on_link]


CREATED = deed("created", 10, _("Addition"), _("{actor} added {about}"), "plus", "act", moves=True, evident=True)
CHANGED = deed("changed", 20, _("Change"), _("{actor} changed {about}"), "pencil", "act", moves=True)
BINNED = deed("binned", 70, _("Put in the bin"), _("{actor} put {about} in the bin"), "trash", "off", moves=True)
RESTORED = deed("restored", 80, _("Restoration"), _("{actor} restored {about}"), "arrow-back-up", "on", moves=True)
PURGED = deed(
    "purged", 90, _("Deletion for good"), _("{actor} deleted {about} for good"), "trash", "off", evident=True
)
ATTACHED = link_deed(
    "attached", 100, _("Link added"), _("{actor} added a contact/organisation link: {about}"), "building", "act"
)
DETACHED = link_deed(
    "detached", 110, _("Link closed"), _("{actor} closed a contact/organisation link: {about}"), "unlink", "wait"
)
POSITION_CHANGED = link_deed(
    "position_changed",
    120,
    _("Link changed"),
    _("{actor} changed a contact/organisation link: {about}"),
    "building",
    "act",
)
POSITION_DELETED = link_deed(
    "position_deleted",
    130,
    _("Link deleted"),
    _("{actor} deleted a contact/organisation link: {about}"),
    "unlink",
    "off",
)
