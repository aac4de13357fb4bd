"""The lists of contacts and of organisations."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.saved_views.columns import chosen
from entregent.directory.selections.addresses import params_in
from entregent.kernel.errors import Bad
from entregent.shell.page import page
from entregent.web.door import door, to_first_page
from entregent.web.links import to_kind

from .above import address, doors, ways_in
from .filters import asked
from .lists import Listing
from .saved_views import views_of


@door(Can.READ_CONTACTS)
def parties(request: Request, kind: str) -> HttpResponse:
    """«Contacts», or «Organismes» (or the account's word)."""
    by, params = request.by, params_in(request.GET)
    if "" in params.values():  # a form was sent: its address says only what was filled in
        return redirect(to_kind(by, kind, "list") + address(asked(by, params)))
    listing, views = _opened(by, kind, params)
    if answer := load_or_answer(request, listing):
        return answer
    part = "count" if request.htmx.target == "count" else "list"
    return page(request, "web/selections/list.html", part, views=views, **_shown(listing))


def load_or_answer(request: Request, listing: Listing) -> HttpResponse | None:
    """Read the rows of a list. Return an answer only if there are none to show.

    That is the «Filtrer» panel if the address asks for it, or a redirect if its cursor can't be read.
    """
    if "filtrer" in listing.params:
        context = {"list": listing, "here": listing.here, "title": listing.title, **listing.filters}
        return page(request, "web/selections/filter.html", None, **context)
    try:
        listing.load()
    except Bad as bad:
        return to_first_page(request, bad, listing.first_page_url)
    return None


def _opened(by: Actor, kind: str, params: Mapping[str, str]) -> tuple[Listing, dict[str, Any]]:
    """Return the list that the address asks for, and the saved views above it."""
    listing = Listing(by, kind, params)
    current, views = views_of(by, listing.selection, params.get("vue", ""))
    listing.view = str(current.pk) if current else ""
    listing.chosen = chosen(by, kind, current)
    return listing, views


def _shown(listing: Listing) -> dict[str, Any]:
    """Return the context of a list that has been loaded."""
    by, kind, selection = listing.by, listing.kind, listing.selection
    return {
        "list": listing,
        "kind": kind,
        "here": listing.here,
        "title": listing.title,
        "doors": doors(by, selection),
        "ways_in": ways_in(by, kind) if listing.is_empty and not selection.narrowed else [],
    }
