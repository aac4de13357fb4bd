"""«Comptes»: which accounts there are, and the way to open one. «Corrections proposées»: apply or refuse them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.service import corrections as proposed
from entregent.actions.service import operating
from entregent.directory.models import Party
from entregent.shell.page import page, say_at
from entregent.web.changes.forms import FIELD_WORDS
from entregent.web.door import attempt, door, saved
from entregent.web.links import to

from .forms import AccountForm, AnswerForm


@door(Can.OPERATE)
def accounts(request: Request) -> HttpResponse:
    """The accounts by name, with counts and nothing of what is counted."""
    return page(request, "web/service/accounts.html", sizes=operating.sizes(request.by))


@door(Can.OPERATE, methods=("GET", "POST"))
def account_new(request: Request) -> HttpResponse:
    """Open an account and invite its first administrator."""
    form = AccountForm(request.POST or None)
    if opened := saved(form, lambda: operating.open_for(request.by, **form.cleaned_data)):
        account, offer = opened
        said = _("The account “%(account)s” is open; an invitation goes to %(email)s.")
        names = {"account": account.name, "email": offer.email}
        return say_at(request, to(request.by, "service:accounts"), said % names)
    return page(request, "web/service/account_new.html", form=form)


@door(Can.OPERATE)
def corrections(request: Request) -> HttpResponse:
    """Those that wait, oldest first; or those that were answered."""
    status = request.GET.get("etat", proposed.OPEN)
    status = status if status in (proposed.OPEN, proposed.ACCEPTED, proposed.REFUSED) else proposed.OPEN
    found = proposed.proposals(request.by, status)
    parties = Party.objects.in_bulk({one.party_id for one in found})
    lines = [(one, parties.get(one.party_id), FIELD_WORDS[one.field]) for one in found]
    tabs = [
        (proposed.OPEN, _("To answer"), status == proposed.OPEN),
        (proposed.ACCEPTED, pgettext("correction", "Accepted"), status == proposed.ACCEPTED),
        (proposed.REFUSED, pgettext("correction", "Refused"), status == proposed.REFUSED),
    ]
    return page(request, "web/service/corrections.html", lines=lines, tabs=tabs)


@door(Can.OPERATE, methods=("GET", "POST"))
def correction(request: Request, correction: int) -> HttpResponse:
    """One proposal beside what the record says now; accept it or refuse it."""
    found = proposed.proposal(request.by, correction)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    refusal = ""
    if form.is_valid():
        accept = "accept" in request.POST
        _result, refusal = attempt(lambda: proposed.answer(request.by, found.pk, accept, form.cleaned_data["text"]))
        if not refusal:
            said = _("The correction is applied, and the account knows.") if accept else _("The account knows why.")
            return say_at(request, to(request.by, "service:corrections"), said)
    return page(request, "web/service/correction.html", form=form, refusal=refusal, **_shown(found))


def _shown(found: proposed.Proposal) -> dict[str, Any]:
    """Return a proposal beside what the record says now, for the template."""
    party = Party.objects.filter(pk=found.party_id).first()
    return {
        "found": found,
        "party": party,
        "now": proposed.now(party, found.field) if party else "",
        "label": FIELD_WORDS[found.field],
        "waiting": found.status == proposed.OPEN,
    }
