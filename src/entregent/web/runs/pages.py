"""What the pages of a long run show. A use brings its words and its template parts."""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.request import Request
from entregent.runs.models import Run
from entregent.runs.uses import Use
from entregent.shell.page import page
from entregent.web.links import to

R = TypeVar("R", bound=Run)
State = Run.State
Words = dict[State, Promise]


class Pages(Generic[R]):
    """The pages of one use; ``about``, ``report`` and ``more_buttons`` are templates that its page includes."""

    use: Use[R]
    room: ClassVar[str]
    """The namespace of its addresses. ``prefix`` starts their names; ``names`` lists the exceptions."""
    prefix: ClassVar[str] = ""
    names: ClassVar[Mapping[str, str]] = {}
    paths: ClassVar[Mapping[str, str]] = {}
    """View → its path, where it differs from that in ``urls``."""
    start: ClassVar[str] = ""
    """The name of the address where one starts another run; "" for none."""

    steps: list[str | Promise] = [_("Preview"), _("Result")]
    steps_label: str | Promise = _("Steps")
    title: str | Promise = _("Long work")
    progress: Words = {
        State.READING: _("Reading the file"),
        State.CHECKING: _("Checking"),
        State.RUNNING: _("In progress"),
        State.UNDOING: _("Taking it back"),
    }
    of_rows: ClassVar[bool] = True
    """Whether the progress counts rows of a file; records otherwise."""
    about: ClassVar[str] = ""
    report: ClassVar[str] = "web/runs/tiles.html"
    more_buttons: ClassVar[str] = ""
    undo_template: ClassVar[str] = "web/runs/undo.html"
    done: str | Promise = _("It is done.")
    undone: str | Promise = _("It was undone.")
    nothing: str | Promise = _("There is nothing to do.")
    stays: str | Promise = _("What was done before stays.")
    go: str | Promise = _("Go")
    confirm: str | Promise = ""
    """The label of the box to tick when the use asks for a confirmation."""
    undo: str | Promise = _("Undo the synchronisation")
    again: str | Promise = ""
    forgotten: str | Promise = _("It is forgotten. Nothing was written.")

    def address(self, by: Actor, view: str, *args: Any) -> str:
        """Return the address of a view."""
        return to(by, f"{self.room}:{self.name(view)}", *args)

    def name(self, view: str) -> str:
        """Return the name of a view's address, without the namespace."""
        return self.names.get(view, f"{self.prefix}{view}")

    def home(self, by: Actor) -> str:
        """Return the address to go to after a run was deleted."""
        return to(by, self.start or "home:page")

    def heading(self, run: R) -> str:
        """Return the heading of a run's page."""
        return str(self.title)

    def step(self, run: R) -> int:
        """Return the number of the current step in ``steps``, from 1."""
        return 1 if run.state in (State.READING, State.DRAFT, State.CHECKING, State.CHECKED) else len(self.steps)

    def reopens(self, run: R) -> bool:
        """Return whether the run has a draft to go back to."""
        return True

    def show(self, request: Request, run: R, **more: Any) -> HttpResponse:
        """Answer with the page of a run, or its part when htmx asks. ``more``: context of this answer alone."""
        return page(request, "web/runs/page.html", part="state", **self.context(request, run, **more))

    def context(self, request: Request, run: R, **more: Any) -> dict[str, Any]:
        """Return the context of the page in the run's present state."""
        step = self.step(run)
        every = {
            "pages": self,
            "run": run,
            "heading": self.heading(run),
            "at": At(self, request.by, run),
            "step": step,
            "unwritten": step < len(self.steps) and run.state != State.FAILED,
            "error": self.use.error(run),
            "working_on": (Pages.progress | self.progress).get(State(run.state), ""),
            "undoable": self.use.undoable(run),
            "reopens": self.reopens(run),
            "again": to(request.by, self.start) if self.start else "",
            "go": str(self.go),
        }
        return every if run.working else every | self.shown(request, run) | more

    def shown(self, request: Request, run: R) -> dict[str, Any]:
        """Return what this use adds to the context when no worker is at the run."""
        tiles = [{"count": count, "label": name} for name, count in run.counts.items() if isinstance(count, int)]
        return {"tiles": tiles, "kept": run.rows_done}


class At:
    """The addresses of one run's views, for templates: ``at.stop``."""

    def __init__(self, pages: Pages, by: Actor, run: Run) -> None:
        self._of = pages, by, run

    def __getitem__(self, view: str) -> str:
        pages, by, run = self._of
        return pages.address(by, view, run.pk)
