"""The page of a tool run by the worker: progress, refusals, outcome."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Job
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.bulk.jobs import KIND, start_undo
from entregent.actions.toolbox.toolbox import TOOLS
from entregent.actions.toolbox.undoing import undoable
from entregent.shell.page import page, say
from entregent.web.door import door
from entregent.web.links import to, to_kind
from entregent.web.words import counted

from .asks import asked


@door(Can.READ_CONTACTS)
def job(request: Request, pk: int) -> HttpResponse:
    """Show a job of the toolbox to the user who started it; reloads every second.

    Not to others, not even administrators or who previews the account as that user: it names refused records, which
    may be hidden from them.
    """
    return page(request, "web/toolbox/job.html", "progress", **_shown(request.by, _own(request.by, pk)))


def _own(by: Actor, pk: int) -> Job:
    if by.previewer:
        raise Http404
    return get_object_or_404(Job, pk=pk, kind=KIND, by=by.user_id)


def _shown(by: Actor, found: Job) -> dict[str, Any]:
    """Return how far a job is and what came of it, for the template."""
    work = found.payload
    tool = TOOLS.get(work["code"])
    over = found.state in (Job.State.DONE, Job.State.FAILED)
    return {
        "job": found,
        "work": work,
        "label": tool.label if tool else _("Action"),
        "asked": asked(by, tool, work["data"]) if tool else [],
        "treated": work["done"] + work["same"] + work["refused"] + work.get("gone", 0),
        "over": over,
        "may_undo": over and _may_undo(by, work),
        "failed": found.state == Job.State.FAILED or bool(work["stopped"]),
        "whom": counted(by, work["kind"], work["total"]),
        "list_url": to_kind(by, work["kind"], "list"),
    }


def _may_undo(by: Actor, work: dict[str, Any]) -> bool:
    """Whether a job can be undone: it changed something, and is not itself an undo or undone."""
    changed = work["done"] > 0 and not work.get("of") and not work.get("undone")
    return changed and undoable(by, work.get("entry")) is not None


@door(Can.READ_CONTACTS, methods=("POST",))
def undo(request: Request, pk: int) -> HttpResponse:
    """«Annuler» a finished job: starts another job with its own page."""
    by = request.by
    found = _own(by, pk)
    try:
        found = start_undo(by, found)
    except LookupError:
        say(request, _("This can't be undone, or someone else did it."))
    return redirect(to(by, "jobs:page", found.pk))
