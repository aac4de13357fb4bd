"""The views of long runs, those that start with a file last. One that returns None redirects to the run's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.request import Request
from entregent.directory.messages import Invalid
from entregent.exchange import fields, intake
from entregent.exchange.messages import unreadable_text
from entregent.exchange.source import SourceFile
from entregent.formats.errors import Unreadable
from entregent.runs import cycle
from entregent.runs.models import Run
from entregent.shell.page import page, say, say_at
from entregent.web import downloads
from entregent.web.door import add_problems

from .files import FilePages
from .pages import Pages, State


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
    if pages.reopens(run):
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
    return say_at(request, pages.home(request.by), str(pages.forgotten))


def start(request: Request, pages: FilePages) -> HttpResponse:
    """Upload a file, or open an earlier run."""
    form = pages.form(request)
    if form.is_valid():
        try:
            run = pages.receive(request, form)
            return redirect(pages.address(request.by, "page", run.pk))
        except Unreadable as unreadable:
            form.add_error("file", unreadable_text(unreadable.code, unreadable.params))
        except Invalid as invalid:
            add_problems(form, invalid, {"list": "into"})
    return page(request, pages.start_template, pages=pages, form=form, step=1, earlier=pages.earlier(request))


def columns(request: Request, pages: FilePages, run: SourceFile) -> HttpResponse | None:
    """Save what each column becomes, and start the check."""
    if run.state not in (State.DRAFT, State.CHECKED):
        return None
    mapping = [request.POST.get(f"column-{index}", fields.IGNORE) for index in range(len(run.headers))]
    try:
        intake.map_columns(run, mapping, pages.constants(request, run), **pages.choices(request, run))
        cycle.start_check(request.by, run, **pages.settled(request))
    except Invalid as invalid:
        return pages.show(request, run, missing=pages.unsaid(run, [problem.field for problem in invalid.problems]))
    except ValueError:
        text = _("One of the columns goes to a field that does not exist. Choose it again.")
        say(request, text, level=messages.ERROR)
    return None


def reading(request: Request, pages: FilePages, run: SourceFile) -> None:
    """Read the file another way."""
    form = pages.context(request, run).get("reading")
    if not form or not form.is_valid():
        return
    cycle.reopen(run)
    pages.use.reread_later(request.by, run, form.cleaned_data)


def rejects(request: Request, pages: FilePages, run: SourceFile) -> HttpResponseBase:
    """Download the rows to mend, as a file to upload again."""
    return downloads.rows_to_mend(run, request.GET.get("format"), request.GET.get("about"))
