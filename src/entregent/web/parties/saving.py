"""Add and edit a record, or its «Fiche client/membre»: «Enregistrer», and conflicts with another user's edits."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.frame import Conflict
from entregent.actions.kinds import WRITE
from entregent.actions.parties import parties
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card
from entregent.directory.parties.cleaning import MOST_ITEMS
from entregent.directory.parties.reading import record
from entregent.shell.page import page, say, say_at
from entregent.web.door import MORE, data_of, door, is_sent, party_or_404, status_of
from entregent.web.links import to_kind
from entregent.web.phones import warn_of
from entregent.web.words import adding

from .conflicts import resolve, show_conflict
from .forms import FORMS, SheetForm, named
from .party_form import PartyForm
from .problems import show_problems
from .showing import around, seen_positions

METHODS = ("GET", "HEAD", "POST")


def _new(kind: str, request: Request) -> HttpResponse:
    """Add a record; «Enregistrer et créer un autre» returns to an empty form."""
    by = request.by
    prefill = _prefill(by, request) if kind == "p" else {}
    form = FORMS[kind](by, parties.blank_for(by, kind), data_of(request, MOST_ITEMS), prefill)
    if is_sent(request) and form.is_valid() and (party := _create(request, form)):
        return redirect(_after(request, party, prefill))
    back = to_kind(by, kind, "list")
    another = {"name": "then", "value": "another", "label": _("Save and create another")}
    return _show(request, form, title=adding(by, kind), cancel_url=back, others=[another], adding=True)


def _create(request: Request, form: PartyForm) -> Party | None:
    """Add the record of a valid form and say so. Return None, with the problems in the form, if it is refused."""
    try:
        party = parties.create(request.by, form.kind, form.card())
    except Invalid as invalid:
        show_problems(form, invalid)
        return None
    say(request, _("%(name)s has been added.") % {"name": party.name})
    for remark in party.remarks:
        say(request, remark.message, level=messages.WARNING)
    warn_of(request, party, form.card())
    return party


def _edit(kind: str, request: Request, pk: int) -> HttpResponse:
    """Edit a record (A1, B5)."""
    by = request.by
    party = party_or_404(by, pk, kind)
    if party.of_service:
        return redirect(to_kind(by, kind, "layer", pk))
    form = FORMS[kind](by, base_of(by, party), data_of(request, MOST_ITEMS), party=pk)
    if is_sent(request) and form.is_valid() and (answer := save(request, form, party)):
        return answer
    title, back = _("Edit %(name)s") % {"name": party.name}, to_kind(by, kind, "page", pk)
    return _show(request, form, title=title, party=party, version=version_of(request, party), cancel_url=back)


@door(Can.READ_CONTACTS, methods=METHODS)
def sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet as a form; a reader gets it read-only, and may not send it."""
    party = party_or_404(request.by, pk, "p")
    form = _sheet_form(request, party)
    if form.is_valid() and (answer := save(request, form, party, tab="sheet")):
        return answer
    if party.of_service or not request.by.may(Can.WRITE_CONTACTS):
        form.disable()
    url = to_kind(request.by, "p", "sheet", pk)
    own = {"form": form, "version": version_of(request, party), "cancel_url": url}
    context = around(request, party, "sheet") | own
    return page(request, "web/parties/sheet.html", "infobox", status=status_of(form), **context)


def _sheet_form(request: Request, party: Party) -> SheetForm:
    """Return the sheet, filled in with what was sent; 403 for whom may not send it."""
    by = request.by
    if request.method != "POST":
        return SheetForm(by, base_of(by, party))
    by.require(Can.WRITE_CONTACTS)
    return SheetForm(by, base_of(by, party), request.POST, party=party.pk)


def save(request: Request, form: PartyForm, party: Party, tab: str = "page", said: str = "") -> HttpResponse | None:
    """Save a valid form and go to a tab of the record, or show the conflict; None on errors, which are in the form.

    ``said``: the message, instead of the usual one.
    """
    patch, version = resolve(request.by, request.POST, form, party)
    try:
        saved = parties.update(request.by, party, patch, version)
    except Invalid as invalid:
        show_problems(form, invalid)
        return None
    except Conflict as conflict:
        return show_conflict(request, form, conflict, to_kind(request.by, party.kind, tab, conflict.party.pk))
    warn_of(request, saved, patch)
    sentence = (said or _("%(name)s has been saved.")) % {"name": saved.name}
    return say_at(request, to_kind(request.by, party.kind, tab, saved.pk), sentence)


def base_of(by: Actor, party: Party) -> Card:
    """Return the stored card, with the main organisation if ``by`` may see it."""
    found = record(party)
    main = next((position for position in seen_positions(by, found) if position.main), None)
    return found.card | {
        "organisation": str(main.organisation_id) if main else "",
        "function": main.function if main else "",
    }


def _show(request: Request, form: PartyForm, **context: Any) -> HttpResponse:
    labels = [_("office"), _("mobile"), _("home"), _("switchboard"), _("assistant"), _("billing")]
    context |= {"form": form, "label_words": labels, "more_open": MORE in request.POST}
    return page(request, "web/parties/form.html", None, status=status_of(form), **context)


def version_of(request: Request, party: Party) -> str | int:
    """Return the version of the record that the form was filled in from."""
    return request.POST.get("version") or party.version


def _prefill(by: Actor, request: Request) -> dict[str, str]:
    """``?organisation=ID``: «Ajouter un contact» on an organisation's page (B1)."""
    asked = request.GET.get("organisation", "")
    return {"organisation": asked} if named(by, asked) else {}


def _after(request: Request, party: Party, prefill: dict[str, str]) -> str:
    if request.POST.get("then") != "another":
        return to_kind(request.by, party.kind, "page", party.pk)
    again = to_kind(request.by, party.kind, "new")
    return f"{again}?organisation={prefill['organisation']}" if prefill else again


new = {kind: door(WRITE[kind], methods=METHODS)(partial(_new, kind)) for kind in "po"}
edit = {kind: door(WRITE[kind], methods=METHODS)(partial(_edit, kind)) for kind in "po"}
