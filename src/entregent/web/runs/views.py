"""The views of every long run. One that returns None redirects to the run's page."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from entregent.accounts.request import Request
from entregent.directory.messages import Invalid
from entregent.runs import cycle
from entregent.runs.models import Run
from entregent.shell.page import page, say

from .pages import Pages


def show(request: Request, pages: Pages, run: Run) -> HttpResponse:
    """Show the run: preview, progress or report."""
    return pages.show(request, run)


def check(request: Request, pages: Pages, run: Run) -> None:
    """Start the check, which writes nothing."""
    cycle.start_check(request.by, run)


def go(request: Request, pages: Pages, run: Run) -> HttpResponse | None:
    """Start the run, unless it needs a confirmation first."""
    try:
        cycle.start_run(request.by, run, confirmed=request.POST.get("confirmed") == "1")
    except Invalid:
        return pages.show(request, run, doubt=True)
    return None


def back(request: Request, pages: Pages, run: Run) -> None:
    """Go back from the preview to the draft."""
    cycle.reopen(run)


def stop(request: Request, pages: Pages, run: Run) -> None:
    """Ask the worker to stop."""
    cycle.ask_stop(run)


def resume(request: Request, pages: Pages, run: Run) -> None:
    """Go on with a stopped run."""
    cycle.resume(request.by, run)


def undo(request: Request, pages: Pages, run: Run) -> HttpResponse | None:
    """Ask whether to take the run back (GET), or do it (POST)."""
    if request.method == "POST":
        cycle.start_undo(request.by, run)
        return None
    return page(request, pages.undo_template, pages=pages, run=run, back=pages.address(request.by, "page", run.pk))


def discard(request: Request, pages: Pages, run: Run) -> HttpResponseBase | None:
    """Delete a run that was not started."""
    if not cycle.discard(run):
        return None
    say(request, str(pages.forgotten))
    return redirect(pages.home(request.by))
