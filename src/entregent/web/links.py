"""Addresses of pages inside an account, ``/<account>/…``, of suggestions, and the ids in their parameters."""

from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from entregent.accounts.actor import Actor
from entregent.directory.kinds import KINDS
from entregent.directory.models import SavedView
from entregent.directory.selections.stored import shown_to
from entregent.kernel.ids import read_versions

_ID = 2_147_000_000
"""Placeholder for a record's id while an address is resolved."""


def to(by: Actor, name: str, *args) -> str:
    """Return the address of a page of ``by``'s account: ``to(by, "contacts:page", 12)``."""
    if len(args) == 1 and type(args[0]) is int:
        before, after = _around_id(name, by.account.slug)
        return f"{before}{args[0]}{after}"
    return address(name, by.account.slug, *args)


def to_kind(by: Actor, kind: str, name: str, *args) -> str:
    """Return the address of a page of contacts or of organisations: ``to_kind(by, "p", "page", 12)``."""
    return to(by, f"{KINDS[kind].space}:{name}", *args)


def to_view(by: Actor, view: SavedView) -> str:
    """Return the address of the list that a saved view opens."""
    return f"{to_kind(by, view.kind, 'list')}?{urlencode({**shown_to(by, view.search), 'vue': view.pk})}"


@lru_cache(maxsize=4096)
def address(name: str, *args) -> str:
    """Django's ``reverse``, cached: a menu needs the same twenty addresses on every page."""
    return reverse(name, args=args)


@lru_cache(maxsize=4096)
def _around_id(name: str, slug: str) -> tuple[str, str]:
    """Return the parts of a page's address before and after the id, which are the same for all records."""
    before, _, after = reverse(name, args=[slug, _ID]).rpartition(str(_ID))
    return before, after


def ids_in(params: QueryDict) -> list[int]:
    """Return the ids in the ``ids`` parameters of an address or form; each may hold several, with commas."""
    return list(versions_in(params))


def versions_in(params: QueryDict) -> dict[int, int | None]:
    """Return the ids of ``ids_in``, each with the version that was shown (``12.3``); None where none is given."""
    return read_versions(word for value in params.getlist("ids") for word in value.split(","))


def suggesting(by: Actor, what: str, *, new: bool = False, free: bool = False) -> dict[str, str]:
    """Return the attributes of a combo box that suggests contacts, tags…

    ``new``: what is typed may be new, and is then created on purpose; ``free``: any text is a value, as in a filter.
    """
    attributes = {"data-combobox": "", "data-url": to(by, f"suggest:{what}")}
    return attributes | ({"data-create": ""} if new else {}) | ({"data-free": ""} if free else {})
