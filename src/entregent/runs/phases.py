"""The state machine of every long run: the states that each phase starts from and leads to."""

from dataclasses import dataclass

from django.db.models import Q

from .models import Run

State = Run.State
WAITING = Q(state__in=(State.DRAFT, State.CHECKED))
"""Not started."""
CHECKABLE = WAITING | Q(state=State.FAILED, entry=None)
FORGETTABLE = CHECKABLE
"""Nothing was written, so that the run can be deleted."""
RESUMABLE = Q(state=State.STOPPED) | Q(state=State.FAILED, entry__isnull=False)
"""Begun, not at its end, and no worker is at it."""
UNDOABLE = Q(state__in=(State.DONE, State.STOPPED)) | Q(state=State.FAILED, entry__isnull=False)
"""Something was written, and no worker is at it."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a run's life that a worker carries out.

    ``job``: the suffix of its jobs' kinds. ``does``: the method of ``Use`` that yields its steps. ``stopped``: the
    state after a stop was asked for; None when it can't be stopped. ``entry``: the column of its journal entry;
    ``""`` when the phase writes none.
    """

    job: str
    does: str
    begins: Q
    during: State
    ends: State
    stopped: State | None
    failed: State
    entry: str = ""


READ = Phase("read", "read", WAITING, State.READING, State.DRAFT, None, State.FAILED)
CHECK = Phase("check", "check", CHECKABLE, State.CHECKING, State.CHECKED, State.DRAFT, State.FAILED)
GO = Phase("run", "go", WAITING, State.RUNNING, State.DONE, State.STOPPED, State.FAILED, "entry")
UNDO = Phase("undo", "undo", UNDOABLE, State.UNDOING, State.UNDONE, None, State.DONE, "undo_entry")
PHASES = {phase.job: phase for phase in (READ, CHECK, GO, UNDO)}
