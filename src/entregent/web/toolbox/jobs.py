"""The page of a piece of work that the worker does: how far it is, what it refused, what came of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from entregent.accounts.models import Job
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.jobs import KIND
from entregent.actions.toolbox import TOOLS
from entregent.shell.page import page
from entregent.web.door import door
from entregent.web.links import to

from .who import counted


@door(Can.READ_CONTACTS)
def job(request: Request, pk: int) -> HttpResponse:
    """A job of the toolbox, for whom has started it; looked at again each second.

    Nobody else, not even an administrator: what was refused is named, and may be hidden from them.
    """
    by = request.by
    found = get_object_or_404(Job, pk=pk, kind=KIND, by=by.user_id)
    work = found.payload
    tool = TOOLS.get(work["code"])
    return page(
        request,
        "web/toolbox/job.html",
        "progress",
        job=found,
        work=work,
        label=tool.label if tool else _("Action"),
        treated=work["done"] + work["same"] + work["refused"],
        over=found.state in (Job.State.DONE, Job.State.FAILED),
        failed=found.state == Job.State.FAILED or bool(work["stopped"]),
        whom=counted(by, work["total"], {work["kind"]}),
        list_url=to(by, "contacts:list" if work["kind"] == "p" else "organisations:list"),
    )
