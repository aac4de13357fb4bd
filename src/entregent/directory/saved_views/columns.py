"""The columns that a list page can show, and those that a user chose (X2)."""

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
"""Kind → codes of all columns but the name, which always comes first."""
USUAL = {
    "p": ("organisation", "reach", "city", "tags", "status", "active", "last_action"),
    "o": ("reach", "city", "tags", "status", "active", "last_action"),
}
"""Kind → codes of the columns shown by default."""
MOST = 20


def offered(by: Actor, kind: str) -> tuple[str, ...]:
    """Return the codes that ``by`` can choose from; custom fields last, as ``custom.code`` (C6)."""
    return *COLUMNS[kind], *(CUSTOM + one.code for one in fields_for(by, kind))


def known(by: Actor, kind: str, codes: Iterable[str] | None) -> tuple[str, ...] | None:
    """Return those of ``codes`` that ``by`` may see, once each, in order; None means the default columns."""
    if codes is None:
        return None
    there = set(offered(by, kind))
    return tuple(code for code in dict.fromkeys(codes) if code in there)[:MOST]


def chosen(by: Actor, kind: str, view: SavedView | None = None) -> tuple[str, ...] | None:
    """Return the columns that ``by`` sees: the open view's, else their own choice, else None: the default."""
    if view is not None and view.columns is not None:
        return known(by, kind, view.columns)
    return known(by, kind, (by.columns or {}).get(kind))
