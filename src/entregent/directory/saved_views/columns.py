"""The columns that a list page may show, and those that one chose (X2)."""

from collections.abc import Iterable

from entregent.accounts.actor import Actor
from entregent.directory.fields.custom import fields_for
from entregent.directory.fields.field import Door
from entregent.directory.fields.field_types import Addresses, Ways
from entregent.directory.fields.register import CUSTOM, fields_of
from entregent.directory.models import SavedView

_REACH = ("reach", "email", "phone")
_PLACE = ("city", "postal_code", "department", "province", "country")
_BESIDES = ("lists", "last_action", "created", "updated")


def _columns(kind: str) -> tuple[str, ...]:
    own = [field.name for field in fields_of(kind, door=Door.LIST) if not isinstance(field.type, Ways | Addresses)]
    return (*(("organisation", "function") if kind == "p" else ()), *_REACH, *_PLACE, *own, *_BESIDES)


COLUMNS = {kind: _columns(kind) for kind in "po"}
"""All but the name, which always comes first, by kind of party."""
USUAL = {
    "p": ("organisation", "reach", "city", "tags", "status", "active", "last_action"),
    "o": ("reach", "city", "tags", "status", "active", "last_action"),
}
"""What is shown until one chooses."""
MOST = 20


def offered(by: Actor, kind: str) -> tuple[str, ...]:
    """The codes that ``by`` may choose among; the account's own fields last, as ``custom.code`` (C6)."""
    return *COLUMNS[kind], *(CUSTOM + one.code for one in fields_for(by, kind))


def known(by: Actor, kind: str, codes: Iterable[str] | None) -> tuple[str, ...] | None:
    """Those of ``codes`` that ``by`` may see, once each, in their order; None stands for the usual ones."""
    if codes is None:
        return None
    there = set(offered(by, kind))
    return tuple(code for code in dict.fromkeys(codes) if code in there)[:MOST]


def chosen(by: Actor, kind: str, view: SavedView | None = None) -> tuple[str, ...] | None:
    """What ``by`` sees in a list: the columns of the view that is open, else their own, else None: the usual ones."""
    if view is not None and view.columns is not None:
        return known(by, kind, view.columns)
    return known(by, kind, (by.columns or {}).get(kind))
