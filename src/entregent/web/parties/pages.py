"""The pages of a record, for contacts and organisations: its tabs, and «Qui voit cette fiche ?»."""

from typing import Any

from django.db.models import F, Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.lists.lists import lists_of
from entregent.directory.models import Party, Position
from entregent.directory.parties.reading import Record, record
from entregent.directory.visibility.viewers import Viewer, Why, viewers
from entregent.journal.filter import Filter
from entregent.journal.timeline import of_party
from entregent.shell.page import page
from entregent.store.pages import Order, Page, page_of
from entregent.web.door import door, party_or_404
from entregent.web.fields import custom
from entregent.web.infobox.views import timeline
from entregent.web.links import to_kind

from .showing import around, is_current, seen_positions
from .telling import contact_rows, draw_rows, more_rows

PEOPLE_ORDER = Order(("by_name", "id"))
PEOPLE = 50
FEW = 8
"""How many people an organisation's overview shows."""


@door(Can.READ_CONTACTS)
def overview(request: Request, pk: int, kind: str) -> HttpResponse:
    """«Aperçu»: how to reach them, where they belong."""
    party = party_or_404(request.by, pk, kind)
    context = _overview(request.by, record(party))
    count = len(context["current"]) if party.is_person else None
    return page(request, "web/parties/overview.html", "infobox", **around(request, party, "page", count), **context)


def _overview(by: Actor, found: Record) -> dict[str, Any]:
    """Return what the overview of a record shows, for the template."""
    party = found.party
    context: dict[str, Any] = {
        "rows": draw_rows(contact_rows(by, found)),
        "more": draw_rows(more_rows(by, found)),
        "custom": custom.rows(by, party.kind, found.card["custom"]),
        "card": found.card,
        "lists": lists_of(by, party),
        "may_list": by.may(Can.WRITE_LISTS),
    }
    if party.is_person:
        return context | _places(by, found)
    return context | {"people": people_of(by, party, former=False, size=FEW)}


def _places(by: Actor, found: Record) -> dict[str, list[Position]]:
    """Return the places that a contact holds and held, for the template."""
    places = seen_positions(by, found)
    return {
        "current": [position for position in places if is_current(position)],
        "former": [position for position in places if not is_current(position)],
    }


@door(Can.READ_CONTACTS)
def as_contact(request: Request, pk: int) -> HttpResponse:
    """«Voir comme le contact» (C6): only what the person may see of their record."""
    by = request.by
    found = record(party_or_404(by, pk, "p"))
    return page(
        request,
        "web/parties/as_contact.html",
        party=found.party,
        rows=draw_rows(contact_rows(by, found)),
        custom=custom.rows(by, "p", found.card["custom"], member=True),
        birth_date=found.party.birth_date,
        current=_places(by, found)["current"],
        cancel_url=to_kind(by, "p", "page", pk),
    )


@door(Can.READ_CONTACTS)
def positions(request: Request, pk: int) -> HttpResponse:
    """«Organismes» of a contact: present and past positions."""
    party = party_or_404(request.by, pk, "p")
    places = _places(request.by, record(party))
    context = around(request, party, "positions", len(places["current"])) | places
    return page(request, "web/parties/positions.html", "infobox", **context)


@door(Can.READ_CONTACTS)
def people(request: Request, pk: int) -> HttpResponse:
    """A page of an organisation's present or former people."""
    party = party_or_404(request.by, pk, "o")
    former = request.GET.get("anciens") == "1"
    found = people_of(request.by, party, former, PEOPLE, request.GET.get("page", ""))
    part = "people" if request.htmx.target == "people" else "infobox"
    context = around(request, party, "people")
    return page(request, "web/parties/people.html", part, people=found, former=former, **context)


@door(Can.READ_CONTACTS, Can.READ_JOURNAL)
def history(request: Request, pk: int, kind: str) -> HttpResponse:
    """«Historique»: every change, field by field, newest first (X8)."""
    party = party_or_404(request.by, pk, kind)
    told = of_party(request.by, party, Filter.read(request.GET), request.GET.get("suite", ""), 30)
    shown = around(request, party, "history", infobox=False) | timeline(request, told, own=party, whole=True)
    return page(request, "web/parties/history.html", "history", **shown)


def people_of(by: Actor, organisation: Party, former: bool, size: int, cursor: str = "") -> Page:
    """Return a page of positions at ``organisation`` of people whom ``by`` may see, by name."""
    today = timezone.localdate()
    held = Q(until=None) | Q(until__gt=today)
    seen = Party.readable.visible_to(by).filter(kind="p")
    places = Position.readable.filter(seen.at("contact"), organisation=organisation.root_id)
    places = places.exclude(held) if former else places.filter(held)
    named = places.select_related("contact").annotate(by_name=F("contact__sort_name"))
    return page_of(named, PEOPLE_ORDER, cursor, size)


@door(Can.READ_CONTACTS)
def viewers_page(request: Request, pk: int, kind: str) -> HttpResponse:
    """«Qui voit cette fiche ?» (X12): each user of the account and the reason, first those who see the record."""
    party = party_or_404(request.by, pk, kind)
    rows = [(viewer, _reason(viewer)) for viewer in viewers(party)]
    seeing, back = sum(viewer.sees for viewer, _reason in rows), to_kind(request.by, kind, "page", pk)
    return page(request, "web/parties/viewers.html", party=party, rows=rows, seeing=seeing, cancel_url=back)


def _reason(viewer: Viewer) -> str:
    words = {
        Why.SERVICE: _("kept up to date by the service: every user of the account sees it"),
        Why.EVERYONE: _("everyone sees this record"),
        Why.CREATOR: _("created this record"),
        Why.BY_NAME: _("chosen by name"),
        Why.ROLE: _("their role sees no contacts"),
        Why.CREATOR_ONLY: _("only its creator sees this record"),
        Why.NOT_SHARED: _("neither chosen by name nor in a team that is"),
    }
    if viewer.why == Why.TEAM:
        teams = get_text_list([f"«\u00a0{name}\u00a0»" for name in viewer.teams], _("and"))
        return _("by the team %(teams)s") % {"teams": teams}
    return str(words[viewer.why])
