"""The state machine of every long run: where each phase begins, and where it leads."""

from dataclasses import dataclass

from django.db.models import Q

from .models import Run

State = Run.State
WAITING = Q(state__in=(State.DRAFT, State.CHECKED))
"""Nobody has begun with it."""
FORGETTABLE = WAITING | Q(state=State.FAILED, entry=None)
"""Nothing was written: it can go without a trace."""
UNDOABLE = Q(state__in=(State.DONE, State.STOPPED)) | Q(state=State.FAILED, entry__isnull=False)
"""Something was written, and nobody is at it."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a run's life that the worker does.

    ``job``: what its jobs are called, after the use's code. ``does``: the method of ``Use`` that gives its steps.
    ``stopped``: where it stands when it was asked to stop; None where it can't be. ``entry``: the column of its
    entry in the journal; ``""`` where it writes nothing.
    """

    job: str
    does: str
    begins: Q
    during: State
    ends: State
    stopped: State | None
    failed: State
    entry: str = ""


CHECK = Phase("check", "check", WAITING, State.CHECKING, State.CHECKED, State.DRAFT, State.FAILED)
GO = Phase("run", "go", WAITING, State.RUNNING, State.DONE, State.STOPPED, State.FAILED, "entry")
UNDO = Phase("undo", "undo", UNDOABLE, State.UNDOING, State.UNDONE, None, State.DONE, "undo_entry")
PHASES = {phase.job: phase for phase in (CHECK, GO, UNDO)}
