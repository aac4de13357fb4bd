"""«Saisir»: search for a record first, then edit or delete it, as users of the older product know it (A1, A2)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.accounts.words import organisation_word
from entregent.actions.bulk.jobs import run_on
from entregent.actions.frame import refuse_service
from entregent.actions.kinds import DELETE
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import TOOLS
from entregent.directory.models import Party
from entregent.directory.parties.reading import record
from entregent.directory.selections.search import problems_of_words
from entregent.journal.models import NAMED, About, Entry
from entregent.shell.frame import Link
from entregent.shell.page import page, say_at
from entregent.web.door import door, party_or_404
from entregent.web.frame.menu import data_entry
from entregent.web.links import to, versions_in
from entregent.web.parties.telling import contact_rows, draw_rows, more_rows
from entregent.web.toolbox.chosen import Chosen
from entregent.web.toolbox.consequences import consequences
from entregent.web.toolbox.telling import left_out

from . import finding
from .finding import CONTACT, ORGANISATION, PLACE, Search, find, whats

RECENT_RECORDS, RECENT_ENTRIES = 5, 100


@door(Can.READ_CONTACTS)
def doors(request: Request) -> HttpResponse:
    """The start page of «Saisir»: what the role may do, and the records that the user worked on last."""
    shown = _doors(request.by)
    if not shown:
        raise PermissionDenied
    return page(request, "web/saisir/page.html", None, doors=shown, recent=recent(request.by))


def _doors(by: Actor) -> list[tuple[Link, str]]:
    """Return what the role of ``by`` may do, each link with a sentence."""
    word = organisation_word(by.account)
    sentences = {
        "saisir:add": _("a contact, %(an)s, a contact/%(one)s link") % {"an": word.an, "one": word.one},
        "saisir:edit": _("look for a name, correct, validate"),
        "saisir:delete": _("a contact, %(an)s or their link") % {"an": word.an},
        "saisir:personal": _("add your own to the service's records"),
        "parametrage:home": _("functions, skills, families, statuses, categories, tags"),
    }
    by_url = {to(by, name): sentence for name, sentence in sentences.items()}
    return [(link, by_url[link.url]) for link in data_entry(by)]


def recent(by: Actor) -> list[About]:
    """Return the journal lines of the last ``RECENT_RECORDS`` records that ``by`` changed, one for each."""
    latest = Entry.objects.filter(by=by.user_id).order_by("-at", "-id").values_list("pk", flat=True)
    told = About.objects.filter(entry__among=list(latest[:RECENT_ENTRIES]), rank__lt=NAMED)
    seen = told.filter(Party.readable.visible_to(by).at("party")).select_related("party")
    found: dict[int | None, About] = {}
    for about in seen.order_by("-at", "-id"):
        found.setdefault(about.party_id, about)
    return list(found.values())[:RECENT_RECORDS]


@door(Can.READ_CONTACTS)
def add(request: Request) -> HttpResponse:
    """«Saisir» → «Ajouter»: link to the form of a contact or organisation; for a link, find its contact first."""
    by = request.by
    if request.GET.get("quoi") == PLACE:
        return _search(request, finding.ADD_PLACE, CONTACT)
    links = _forms(by)
    if not links:
        by.require(Can.WRITE_CONTACTS)
    return page(request, "web/saisir/search.html", None, title=_("Add"), whats=links, asked=False)


def _forms(by: Actor) -> list[Link]:
    """Return the links of «Ajouter»: to the form of a contact or organisation, to the search for a link's contact."""
    pages = {CONTACT: "contacts:new", ORGANISATION: "organisations:new"}
    return [
        link._replace(url=to(by, pages[what])) if (what := link.url.rpartition("=")[2]) in pages else link
        for link in whats(by, to(by, "saisir:add"), "", finding.WRITES)
    ]


@door(Can.READ_CONTACTS)
def look(request: Request, search: Search) -> HttpResponse:
    """«Saisir» → «Modifier», «Gestion d'informations personnelles» (A3) or «Supprimer»: find the record."""
    return _search(request, search, request.GET.get("quoi", CONTACT))


def _search(request: Request, search: Search, what: str) -> HttpResponse:
    """Render a search for ``what``; 404 if this search does not look for it."""
    by = request.by
    if what not in search.pages:
        raise Http404
    by.require(search.needs[what])
    context = _found(request, search, what) | {
        "title": search.title,
        "whats": whats(by, request.path, what, search.needs) if search.tabs else [],
    }
    return page(request, "web/saisir/search.html", "results", **context)


def _found(request: Request, search: Search, what: str) -> dict[str, Any]:
    """Return the results of the words in the address, for the template."""
    query = request.GET.get("q", "").strip()
    cursor = request.GET.get("page", "")
    hits, found = find(request.by, what, query, cursor, search.pages) if query else ([], None)
    return {
        "what": request.GET.get("quoi", what),
        "asked": True,
        "query": query,
        "problems": problems_of_words(query),
        "hits": hits,
        "found": found,
        "suffix": search.suffix,
        "kept": what in search.kept,
    }


def _delete_party(kind: str, request: Request, pk: int) -> HttpResponse:
    """Show the record, then «Supprimer ce contact»: to the bin, or for good if the account has none."""
    by = request.by
    party = party_or_404(by, pk, kind)
    refuse_service([party])
    if request.method == "POST":
        return _deleted(request, party, run_on(by, "delete", [party], versions_in(request.POST), {}))
    return page(request, "web/saisir/delete.html", None, **_shown(by, party))


def _shown(by: Actor, party: Party) -> dict[str, Any]:
    """Return the record to delete, and what goes with it, for the template."""
    found = record(party)
    word = organisation_word(by.account)
    return {
        "party": party,
        "rows": draw_rows(contact_rows(by, found) + more_rows(by, found)),
        "consequences": consequences(by, TOOLS["delete"], Chosen(by, party.kind, (party.pk,))),
        "label": _("Delete this contact") if party.is_person else _("Delete %(this)s") % {"this": word.this},
    }


def _deleted(request: Request, party: Party, outcome: Outcome) -> HttpResponse:
    """Say where the record is, with an undo if it is in the bin, and return to the search.

    If it was changed since it was shown, say so, and show it anew.
    """
    by, url = request.by, to(request.by, "saisir:delete")
    if outcome.refused:
        return say_at(request, request.path, " ".join(left_out(outcome)), level=messages.ERROR)
    if not outcome.undo:
        return say_at(request, url, _("%(name)s has been deleted permanently.") % {"name": party.name})
    undo = f"{to(by, 'toolbox:run', 'restore')}?{Chosen(by, party.kind, (party.pk,)).query_string}"
    return say_at(request, url, _("%(name)s is in the bin.") % {"name": party.name}, undo)


delete_party = {
    kind: door(can, methods=("GET", "HEAD", "POST"))(partial(_delete_party, kind)) for kind, can in DELETE.items()
}
