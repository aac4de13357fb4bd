"""What the pages of a use show: the same for all, but for its words and its parts."""

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
Words = Mapping[State, Promise]


class Pages(Generic[R]):
    """The pages of one use. A class attribute that ends in ``.html`` is a part that the common page includes."""

    use: Use[R]
    room: ClassVar[str]
    """The namespace of its addresses; ``prefix`` begins their names there, and ``names`` has the exceptions."""
    prefix: ClassVar[str] = ""
    names: ClassVar[Mapping[str, str]] = {}
    paths: ClassVar[Mapping[str, str]] = {}
    """View → its path, where it is not the usual one (``urls.PATHS``)."""
    start: ClassVar[str] = ""
    """The full name of the address where another begins."""

    steps: list[str | Promise] = [_("Preview"), _("Result")]
    steps_label: str | Promise = _("Steps")
    title: str | Promise = _("Long work")
    progress: Words = {
        State.CHECKING: _("Checking"),
        State.RUNNING: _("In progress"),
        State.UNDOING: _("Taking it back"),
    }
    of_rows: ClassVar[bool] = True
    """Whether progress counts rows of a file, else records."""
    about: ClassVar[str] = ""
    report: ClassVar[str] = "web/runs/tiles.html"
    more_buttons: ClassVar[str] = ""
    undo_template: ClassVar[str] = "web/runs/undo.html"
    done: str | Promise = _("It is done.")
    undone: str | Promise = _("It was taken back.")
    nothing: str | Promise = _("There is nothing to do.")
    stays: str | Promise = _("What was done before stays.")
    go: str | Promise = _("Go")
    confirm: str | Promise = ""
    """What one says by a tick where the use has a doubt."""
    undo: str | Promise = _("Take back")
    again: str | Promise = ""
    forgotten: str | Promise = _("It is forgotten. Nothing was written.")

    def address(self, by: Actor, view: str, *args: Any) -> str:
        """Where a view of a run is."""
        return to(by, f"{self.room}:{self.name(view)}", *args)

    def name(self, view: str) -> str:
        """What the address of a view is called in its room."""
        return self.names.get(view, f"{self.prefix}{view}")

    def home(self, by: Actor) -> str:
        """Where one comes from a run that is forgotten."""
        return to(by, self.start or "home:page")

    def heading(self, run: R) -> str:
        """The page's heading."""
        return str(self.title)

    def step(self, run: R) -> int:
        """Which of ``steps`` it is at, from 1."""
        return 1 if run.state in (State.DRAFT, State.CHECKING, State.CHECKED) else len(self.steps)

    def show(self, request: Request, run: R, **more: Any) -> HttpResponse:
        """The page of a run, or the part that htmx asks for while it works. ``more``: to be said this once."""
        return page(request, "web/runs/page.html", part="state", **self.context(request, run, **more))

    def context(self, request: Request, run: R, **more: Any) -> dict[str, Any]:
        """What the page shows in the state that the run is in."""
        step = self.step(run)
        every = {
            "pages": self,
            "run": run,
            "heading": self.heading(run),
            "at": At(self, request.by, run),
            "step": step,
            "unwritten": step < len(self.steps) and run.state != State.FAILED,
            "error": self.use.error(run),
            "working_on": self.progress.get(State(run.state), ""),
            "undoable": self.use.undoable(run),
            "again": to(request.by, self.start) if self.start else "",
            "go": str(self.go),
        }
        return every if run.working else every | self.shown(request, run) | more

    def shown(self, request: Request, run: R) -> dict[str, Any]:
        """What this use shows of a run at rest."""
        tiles = [{"count": count, "label": name} for name, count in run.counts.items() if isinstance(count, int)]
        return {"tiles": tiles, "kept": run.rows_done}


class At:
    """The addresses of one run: ``at.stop`` in a template."""

    def __init__(self, pages: Pages, by: Actor, run: Run) -> None:
        self._of = pages, by, run

    def __getitem__(self, view: str) -> str:
        pages, by, run = self._of
        return pages.address(by, view, run.pk)
