"""The lists of contacts and of organisations."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.accounts.words import organisation_word
from entregent.directory.messages import problem_of
from entregent.directory.saved_views.columns import chosen
from entregent.directory.selections.addresses import params_in
from entregent.kernel.errors import Bad
from entregent.shell.page import page, say
from entregent.web.door import door
from entregent.web.links import to

from .chips import address
from .filters import FilterForm, asked, unasked
from .lists import Listing
from .saved_views import views_of
from .ways_in import doors, ways_in

LIST = {"p": "contacts:list", "o": "organisations:list"}


@door(Can.READ_CONTACTS)
def contacts(request: Request) -> HttpResponse:
    """«Contacts»: the list of people."""
    return _list(request, "p")


@door(Can.READ_CONTACTS)
def organisations(request: Request) -> HttpResponse:
    """«Organismes» (or the account's word): the list of organisations."""
    return _list(request, "o")


def _list(request: Request, kind: str) -> HttpResponse:
    by, params = request.by, params_in(request.GET)
    here = to(by, LIST[kind])
    if "" in params.values():  # a form was sent: redirect to an address without empty fields
        return redirect(here + address(asked(by, params)))
    listing = Listing(by, kind, params)
    views = views_of(by, listing.selection, params.get("vue", ""))
    listing.view = str(views.current.pk) if views.current else ""
    listing.chosen = chosen(by, kind, views.current)
    title = _("Contacts") if kind == "p" else organisation_word(by.account).Many
    if "filtrer" in params:
        form = FilterForm(by, kind, initial=listing.selection.conditions)
        others = unasked(form, listing.selection.conditions, listing.view)
        return page(
            request, "web/selections/filter.html", form=form, list=listing, here=here, title=title, others=others
        )
    try:
        listing.load()
    except Bad as bad:
        say(request, problem_of("cursor", bad).message, level=messages.WARNING)
        return redirect(here + address(listing.selection.params()))
    part = "count" if request.htmx.target == "count" else "list"
    links = ways_in(by, kind) if listing.is_empty and not listing.selection.narrowed else []
    return page(
        request,
        "web/selections/list.html",
        part,
        list=listing,
        views=views,
        kind=kind,
        here=here,
        title=title,
        doors=doors(by, listing.selection),
        ways_in=links,
    )
