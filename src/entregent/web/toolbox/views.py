"""Run a tool: its dialog (a page without JavaScript), the action, then its outcome with «Annuler»."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.bulk.chosen_sets import Taken
from entregent.actions.bulk.jobs import AT_ONCE, run_now, run_on, start_on
from entregent.actions.toolbox import toolbox
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import Tool
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.shell.page import page, say_at
from entregent.web.door import add_problems, door, in_bin
from entregent.web.links import to, to_kind

from .asks import ChooseForm, form_of
from .chosen import Chosen
from .consequences import consequences
from .panel import label_of, link
from .telling import tell, undo_url, who

OWN_PAGES = {"toolbox", "jobs"}
"""Namespaces of pages that an action does not go back to."""


@door(Can.READ_CONTACTS, methods=("GET", "HEAD", "POST"))
def run(request: Request, code: str) -> HttpResponse:
    """One action. Its parties come with the address or with the form; none: they are chosen in the dialog."""
    tool = _tool_or_404(code)
    given = _given(request)
    chosen = Chosen.read(request.by, given)
    _check(tool, chosen)
    if request.method != "POST" and (binned := _already_in_bin(tool, chosen)):
        return in_bin(request, binned, status=200)  # htmx shows no 404 in a dialog
    sent = given if request.method == "POST" else None
    form = form_of(request.by, tool, sent, given)
    if sent is not None and chosen.is_announced and chosen.count and (form is None or form.is_valid()):
        if answer := _do(request, tool, chosen, form):
            return answer
    anew = sent is not None and not chosen.is_announced
    if sent is None or anew:
        chosen = chosen.announced(reading=sent is None)
    context = _shown(request, tool, chosen) | {"form": form, "choose": _choose(tool, chosen, sent), "anew": anew}
    return page(request, "web/toolbox/run.html", None, **context)


def _tool_or_404(code: str) -> Tool:
    tool = toolbox.TOOLS.get(code)
    if tool is None or tool.run is None:
        raise Http404
    return tool


def _shown(request: Request, tool: Tool, chosen: Chosen) -> dict[str, Any]:
    """Return what the dialog says of the action and of those chosen."""
    by = request.by
    return {
        "tool": tool,
        "label": label_of(by, tool, chosen.single.kind if chosen.single else ""),
        "chosen": chosen,
        "who": who(by, chosen),
        "back": back_from(request, chosen),
        "consequences": consequences(by, tool, chosen),
    }


def _choose(tool: Tool, chosen: Chosen, sent: QueryDict | None) -> ChooseForm | None:
    """Return the form that asks for the parties; None when they are chosen already."""
    if chosen.count:
        return None
    kind = chosen.kind or next(kind for kind in "po" if tool.allowed(chosen.by, kind))
    choose = ChooseForm(chosen.by, kind, sent)
    if sent is not None and sent.get("ids"):
        choose.add_error("ids", choose.fields["ids"].error_messages["required"])
    return choose


def _given(request: Request) -> QueryDict:
    """Return the sent data; a POST without parties and values («Annuler») has them in its address."""
    if request.method == "POST" and "asked" in request.POST:
        return request.POST
    return request.GET


def _check(tool: Tool, chosen: Chosen) -> None:
    """Raise 404 if records don't exist or the tool doesn't fit them, 403 if the role does not allow it."""
    by = chosen.by
    if chosen.ids and not chosen.count:
        raise Http404
    if not chosen.count:
        if not any(tool.allowed(by, kind) for kind in chosen.kinds):
            raise PermissionDenied
        return
    if not chosen.kinds <= set(tool.needs):
        raise Http404
    by.require(*(tool.needs[kind] for kind in chosen.kinds))


def _already_in_bin(tool: Tool, chosen: Chosen) -> Party | None:
    """Return the one chosen record if it is in the bin, where this tool makes no sense."""
    party = chosen.single
    return party if party and party.in_bin and not tool.suits(party) else None


def _do(request: Request, tool: Tool, chosen: Chosen, form: forms.Form | None) -> HttpResponse | None:
    """Run a tool and return to the previous page; None if its values are refused, with the errors in ``form``.

    None too if it was run before on the announced records: these are no longer announced. What a tool without values
    is refused for is said on the previous page.
    """
    by, data = request.by, form.cleaned_data if form else {}
    fixed = chosen.fixed
    try:
        if fixed and fixed.total > AT_ONCE:
            return redirect(to(by, "jobs:page", start_on(by, tool.code, fixed, data).pk))
        outcome = _run(tool, chosen, data)
    except Taken:
        chosen.fixed = None
        return None
    except Invalid as invalid:
        if form is None:
            said = " ".join(problem.message for problem in invalid.problems)
            return say_at(request, back_from(request, chosen), said, level=messages.ERROR)
        add_problems(form, _short(invalid))
        return None
    level = messages.WARNING if outcome.refused or outcome.gone else messages.SUCCESS
    return say_at(request, back_from(request, chosen), tell(by, tool, outcome), undo_url(by, outcome), level)


def _run(tool: Tool, chosen: Chosen, data: dict[str, Any]) -> Outcome:
    if chosen.fixed:
        return run_now(chosen.by, tool.code, chosen.fixed, data)
    return run_on(chosen.by, tool.code, chosen.parties, chosen.versions, data)


def _short(invalid: Invalid) -> Invalid:
    """Rename the fields of errors as in the tool's form: «since», not «positions.0.since»."""
    return Invalid([replace(problem, field=problem.field.rsplit(".", 1)[-1]) for problem in invalid.problems])


@door(Can.READ_CONTACTS)
def every_tool(request: Request) -> HttpResponse:
    """«Toutes les actions»: all tools for the chosen records, or for those chosen later in the dialog."""
    by, chosen = request.by, Chosen.read(request.by, request.GET)
    if chosen.ids and not chosen.count:
        raise Http404
    tools = [link(tool, chosen, chosen.single) for tool in toolbox.TOOLS.values() if _fits(tool, chosen)]
    return page(request, "web/toolbox/all.html", tools=tools, who=who(by, chosen), back=back_from(request, chosen))


def _fits(tool: Tool, chosen: Chosen) -> bool:
    """Return whether a tool is offered for those chosen, or for anyone whom its dialog may ask for."""
    if not tool.offered or not any(tool.allowed(chosen.by, kind) for kind in chosen.kinds):
        return False
    if chosen.count and not chosen.kinds <= set(tool.needs):
        return False
    return bool(tool.suits(chosen.single) if chosen.single else not tool.single and tool.run)


def back_from(request: Request, chosen: Chosen) -> str:
    """Return the URL of the previous page, if it is in the account and still exists; else the list's."""
    by, headers = request.by, request.headers
    listed = to_kind(by, chosen.kind or "p", "list")
    came_from: str = request.POST.get("back") or headers.get("HX-Current-URL") or headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return listed
    parts = urlsplit(str(came_from))
    try:
        match = resolve(parts.path)
    except Resolver404:
        return listed
    if match.kwargs.get("account") != by.account.slug or OWN_PAGES & set(match.namespaces):
        return listed
    if _is_gone(by, match):
        record = _under(chosen, match.kwargs["pk"])
        namespace = match.namespaces[0]
        return to(by, f"{namespace}:page", record) if record else to(by, f"{namespace}:list")
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _is_gone(by: Actor, match: ResolverMatch) -> bool:
    """Whether it is the page of a record that is in the bin or deleted for good."""
    if not match.namespaces or match.namespaces[0] not in ("contacts", "organisations") or "pk" not in match.kwargs:
        return False
    return not Party.readable.visible_to(by).with_id(match.kwargs["pk"]).exists()


def _under(chosen: Chosen, pk: int) -> int | None:
    """Return the shared record's id if ``pk`` is one of the chosen layers, which the action may have deleted."""
    return next((party.base_id for party in chosen.parties if party.pk == pk), None)
