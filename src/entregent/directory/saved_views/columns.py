"""The columns that a list page may show, and those that one chose (X2)."""

from collections.abc import Iterable

from entregent.accounts.actor import Actor
from entregent.directory.fields.custom import fields_for
from entregent.directory.models import SavedView
from entregent.directory.parties.cards import CUSTOM

_REACH = ("reach", "email", "phone")
_PLACE = ("city", "postal_code", "department", "province", "country")
_STANDING = ("tags", "status", "mail_refused", "assigned_to", "lists")
_DATES = ("active", "last_action", "created", "updated")
COLUMNS = {
    "p": (
        "organisation",
        "function",
        *_REACH,
        *_PLACE,
        *_STANDING,
        "skills",
        "language",
        "birth_date",
        *_DATES,
        "code",
    ),
    "o": (*_REACH, *_PLACE, *_STANDING, "family", "siren", "siret", "vat_number", "neq", *_DATES, "code"),
}
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
