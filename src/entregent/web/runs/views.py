"""The views of every long run. Each does one thing to it; without an answer of its own its page follows."""

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
    """The run in its state: preview, progress, report."""
    return pages.show(request, run)


def check(request: Request, pages: Pages, run: Run) -> None:
    """Look at all of it and write nothing."""
    cycle.start_check(request.by, run)


def go(request: Request, pages: Pages, run: Run) -> HttpResponse | None:
    """Do it; what looks wrong is asked about first."""
    try:
        cycle.start_run(request.by, run, confirmed=request.POST.get("confirmed") == "1")
    except Invalid:
        return pages.show(request, run, doubt=True)
    return None


def back(request: Request, pages: Pages, run: Run) -> None:
    """Return from the preview to the choices."""
    cycle.reopen(run)


def stop(request: Request, pages: Pages, run: Run) -> None:
    """Stop after the step in hand."""
    cycle.ask_stop(run)


def resume(request: Request, pages: Pages, run: Run) -> None:
    """Go on with the rest."""
    cycle.resume(request.by, run)


def undo(request: Request, pages: Pages, run: Run) -> HttpResponse | None:
    """Take it back, once asked for."""
    if request.method == "POST":
        cycle.start_undo(request.by, run)
        return None
    return page(request, pages.undo_template, pages=pages, run=run, back=pages.address(request.by, "page", run.pk))


def discard(request: Request, pages: Pages, run: Run) -> HttpResponseBase | None:
    """Forget what was not started."""
    if not cycle.discard(run):
        return None
    say(request, str(pages.forgotten))
    return redirect(pages.home(request.by))
