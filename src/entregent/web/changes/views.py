"""«Ce qui a changé» in the shared directory, and «Proposer une correction»."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.kinds import WRITE
from entregent.actions.service import corrections
from entregent.directory.models import Party
from entregent.directory.parties.reading import record
from entregent.exchange.reference.weekly import follow_weekly
from entregent.journal.movements import CAME, CHANGED, LEFT, movements
from entregent.shell.page import page, say_at
from entregent.web.door import door, saved
from entregent.web.links import to, to_kind

from .forms import FIELD_WORDS, CorrectionForm

MINE = "miennes"


@door(Can.READ_CONTACTS)
def changes(request: Request) -> HttpResponse:
    """Changes of the shared directory, newest first: all, departures, arrivals, or those of the account's records."""
    by, kind = request.by, request.GET.get("voir", "")
    tabs = _tabs(by, kind)
    place = Membership.objects.filter(pk=by.membership_id).first()
    context: dict[str, Any] = {
        "found": movements(by, kind, kind == MINE, request.GET.get("suite", "")),
        "tabs": tabs,
        "narrowed": not tabs[0][2],
        "weekly": bool(place and place.weekly_changes),
        "reads": by.account.reference_id is not None,
    }
    return page(request, "web/changes/page.html", "feed", **context)


def _tabs(by: Actor, kind: str) -> list[tuple[str, str, bool]]:
    """Return the address, the label and whether it is the current one, of each tab."""
    here = to(by, "changes:page")
    names = {LEFT: _("Departures"), CAME: _("Arrivals"), MINE: _("My records")}
    return [
        (here, pgettext("changes", "All"), kind not in (CHANGED, *names)),
        *((f"{here}?voir={each}", label, kind == each) for each, label in names.items()),
    ]


@door(Can.READ_CONTACTS, methods=("POST",))
def weekly(request: Request) -> HttpResponse:
    """Subscribe to the weekly e-mail, or unsubscribe."""
    wanted = request.POST.get("weekly") == "1"
    follow_weekly(request.by, wanted)
    said = _("You will get an e-mail every Monday.") if wanted else _("You will no longer get these e-mails.")
    return say_at(request, to(request.by, "changes:page"), said)


@door(Can.READ_CONTACTS)
def proposals(request: Request) -> HttpResponse:
    """The account's proposals and their answers."""
    lines = [(one, FIELD_WORDS[one.field]) for one in corrections.mine(request.by)]
    return page(request, "web/changes/proposals.html", lines=lines)


@door(Can.READ_CONTACTS, methods=("GET", "POST"))
def propose(request: Request, party: int) -> HttpResponse:
    """Propose a correction of a shared record to the operator."""
    by = request.by
    found: Party = get_object_or_404(Party.readable.visible_to(by).with_id(party))
    root = Party.readable.filter(pk=found.root_id, account=by.account.reference_id).first()
    if root is None:  # the account's own record: it can simply be edited
        return redirect(to_kind(by, found.kind, "edit", found.pk))
    by.require(WRITE[found.kind])
    form = CorrectionForm(request.POST or None, current=record(root), initial={"field": request.GET.get("champ", "")})
    back = to_kind(by, found.kind, "page", found.pk)
    if saved(form, lambda: corrections.propose(by, found, **form.cleaned_data)):
        said = _("Your proposal has been sent to the operator. You will find the answer here.")
        return say_at(request, to(by, "changes:proposals"), said)
    earlier = [(one, FIELD_WORDS[one.field]) for one in corrections.mine(by, found)]
    return page(request, "web/changes/propose.html", form=form, party=found, back=back, earlier=earlier)
