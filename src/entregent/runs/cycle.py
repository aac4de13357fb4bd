"""The life of a long run: check, go, stop, resume, undo, forget. The same for every use.

Each step of the worker is one transaction that holds the records, their journal, the counts and how far the run is.
If a worker is killed, its current step is rolled back, and the next worker resumes from the saved state.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from entregent.accounts.actor import Actor, Door
from entregent.accounts.jobs import Overtaken, author, handler
from entregent.accounts.models import Job
from entregent.actions.frame import Conflict, act
from entregent.directory.messages import Invalid, Problem
from entregent.formats.errors import Unreadable
from entregent.journal.deeds import Deed
from entregent.journal.telling import new_entry

from .models import Run
from .phases import CHECK, CHECKABLE, FORGETTABLE, GO, PHASES, READ, RESUMABLE, UNDO, Phase
from .uses import Batch, Did, Step, Use

log = logging.getLogger(__name__)
TRIES = 5
USES: dict[str, Use] = {}
State = Run.State


NOT_THE_ROWS = (Overtaken, PermissionDenied, Unreadable, OSError, MemoryError, OperationalError, InterfaceError)
"""What no row is to blame for: it ends the attempt, and the next one goes on from the saved state."""


def offer(use: Use) -> None:
    """Register a use, and the handlers of its jobs."""
    USES[use.code] = use
    for phase in PHASES.values():
        handler(f"{use.code}.{phase.job}", given_up)(work)


def use_of(run: Run) -> Use:
    """Return the use that a run belongs to."""
    return next(use for use in USES.values() if use.model is type(run))


def start_read(by: Actor, run: Run) -> Job | None:
    """Queue the look at the run's file; None if the run is working or was started."""
    by.require(use_of(run).opens)
    return _start(by, run, READ)


def start_check(by: Actor, run: Run, **choices: Any) -> Job | None:
    """Queue the check, which writes nothing; None if the run is working or was started.

    ``choices``: columns of the run to save with it. Raises ``Invalid`` when something is still to be filled in.
    """
    use = use_of(run)
    by.require(use.opens)
    if missing := use.missing(run):
        raise Invalid([Problem(name, "required") for name in missing])
    return _start(by, run, CHECK, counts={}, rows_total=None, **choices)


def start_run(by: Actor, run: Run, confirmed: bool = False) -> Job | None:
    """Queue the run itself and open its journal entry; None when it was started already.

    Raises ``Invalid`` when the use asks for a confirmation that was not given.
    """
    use = use_of(run)
    by.require(*use.needs(run))
    if not confirmed and (doubt := use.doubt(run)):
        raise Invalid([doubt])
    return _start(by, run, GO)


def start_undo(by: Actor, run: Run) -> Job | None:
    """Queue the undo; None if there is nothing to undo, or a worker is working on it."""
    use = use_of(run)
    by.require(*use.needs(run))
    return _start(by, run, UNDO) if use.undone else None


def _start(by: Actor, run: Run, phase: Phase, **values: Any) -> Job | None:
    use = use_of(run)
    with transaction.atomic():
        waiting = type(run).objects.filter(use.begins(phase), pk=run.pk)  # as it is now, not as it was read
        if not waiting.update(**_begun(phase), rows_done=0, started_at=timezone.now(), **values):
            return None
        run.refresh_from_db()
        use.begin(by, run, phase)
        if phase.entry:
            entry = new_entry(by.through(use.door(by)), _deed(use, phase), timezone.now(), use.told(run))
            setattr(run, phase.entry, entry)
        run.save()
        return _job(by, use, phase, run)


def _begun(phase: Phase) -> dict[str, Any]:
    return {
        "state": phase.during, "turn": F("turn") + 1, "error": None, "stop_asked": False, "finished_at": None,
    }  # fmt: skip


def _deed(use: Use, phase: Phase) -> Deed:
    """Return the deed of a phase's journal entry."""
    return use.undone if phase is UNDO and use.undone else use.deed


def _job(by: Actor, use: Use, phase: Phase, run: Run) -> Job:
    kind = f"{use.code}.{phase.job}"
    return Job.objects.create(account=by.account, kind=kind, payload={use.code: run.pk}, by_id=by.user_id)


def ask_stop(run: Run) -> None:
    """Ask the worker to stop after its current step. What is written stays; the rest can be resumed."""
    stoppable = [phase.during for phase in PHASES.values() if phase.stopped]
    type(run).objects.filter(pk=run.pk, state__in=stoppable).update(stop_asked=True)


def resume(by: Actor, run: Run) -> Job | None:
    """Queue the rest of a run that was stopped or failed; None when there is none."""
    use = use_of(run)
    by.require(*use.needs(run))
    with transaction.atomic():
        if not type(run).objects.filter(RESUMABLE, pk=run.pk).update(**_begun(GO)):
            return None
        return _job(by, use, GO, run)


def reopen(run: Run) -> None:
    """Go back from the preview, or from a check that failed, to the draft; the preview is deleted."""
    with transaction.atomic():  # a run started meanwhile needs its preview
        if type(run).objects.filter(CHECKABLE, pk=run.pk).update(state=State.DRAFT, error=None):
            use_of(run).forget_check(run)


def discard(run: Run) -> bool:
    """Delete a run that has written nothing; return False if it is working or was started meanwhile."""
    with transaction.atomic():
        held = type(run).objects.filter(FORGETTABLE, pk=run.pk).select_for_update(of=("self",)).first()
        if held:
            held.delete()
            use_of(run).forget(held)
    return held is not None


def work(job: Job) -> Iterator[bool]:
    """Carry out one phase of a run, from its saved state. Yields whether the next attempt may go on from here.

    Raises ``Overtaken``: then the job is done again from where the other worker left the run.
    """
    use, phase, run = _of(job)
    if run.state != phase.during:
        return
    try:
        by = author(job, Door.IMPORT)
        if phase is CHECK:
            _check_anew(use, run)
        yield from _steps(use, phase, by, run, job)
    except Unreadable as unreadable:
        _fail(use, phase, run, unreadable.code, unreadable.params)
    except (PermissionError, PermissionDenied):
        _lost(run, phase)
        raise


def _of(job: Job) -> tuple[Use, Phase, Run]:
    code, _dot, phase = job.kind.partition(".")
    use = USES[code]
    found = use.model.objects.select_related("account", "entry", "undo_entry")
    return use, PHASES[phase], found.get(pk=job.payload[code])


def _check_anew(use: Use, run: Run) -> None:
    """Restart a check from the beginning: a killed worker left only a partial preview."""
    with transaction.atomic():
        _move(run, {"rows_done": 0, "counts": {}})
        use.forget_check(run)


def _steps(use: Use, phase: Phase, by: Actor, run: Run, job: Job) -> Iterator[bool]:
    for step in getattr(use, phase.does)(by, run):
        now = author(job, Door.IMPORT)  # they may have left, or lost the permission, since the step before
        if phase.entry:
            now.require(*use.needs(run))
        stop = step is not None and _do(use, phase, by, run, step)
        yield step is not None and phase is not CHECK  # a check begins anew
        if stop and phase.stopped:
            _stand(run, phase.stopped)
            return
    _stand(run, phase.ends, rows_total=None if phase is READ else run.rows_done)
    use.ended(by, run, phase)


def _do(use: Use, phase: Phase, by: Actor, run: Run, step: Step) -> bool:
    """Do one step; if it fails for one of its rows, do all the others. Return whether to stop after it."""
    try:
        return _done(use, phase, by, run, step)
    except NOT_THE_ROWS:
        raise
    except Exception:
        if not isinstance(step, Batch):
            raise
        log.exception("%s %s: a step of %s rows failed after row %s", use.code, run.pk, len(step.rows), run.rows_done)
        run.refresh_from_db(fields=["turn", "rows_done", "counts"])
    return any([_do(use, phase, by, run, smaller) for smaller in step.smaller()])


def _done(use: Use, phase: Phase, by: Actor, run: Run, step: Step) -> bool:
    """Do one step, again when someone changed one of its records meanwhile. Return whether to stop after it."""
    if not phase.entry:
        with transaction.atomic():
            return _advance(run, step(None))
    for _attempt in range(TRIES - 1):
        try:
            return _written(use, phase, by, run, step)
        except (Conflict, IntegrityError):
            run.refresh_from_db(fields=["turn", "rows_done", "counts"])
    return _written(use, phase, by, run, step)


def _written(use: Use, phase: Phase, by: Actor, run: Run, step: Step) -> bool:
    with act(by, _deed(use, phase), *use.needs(run), entry=getattr(run, phase.entry)) as telling:
        return _advance(run, step(telling))


def _advance(run: Run, did: Did) -> bool:
    """Count what the step did, inside its transaction. Return whether someone asked to stop."""
    return _move(run, {"rows_done": run.rows_done + did.rows, "counts": _added(run.counts, did.counts)})


def _move(run: Run, values: dict[str, Any]) -> bool:
    """Save the progress of a run and raise its turn. Return whether someone asked to stop.

    Raises ``Overtaken`` when another worker took this turn.
    """
    mine, values = type(run).objects.filter(pk=run.pk, turn=run.turn), values | {"turn": run.turn + 1}
    stop = not mine.filter(stop_asked=False).update(**values)
    if stop and not mine.update(**values):
        raise Overtaken
    for name, value in values.items():
        setattr(run, name, value)
    return stop


def _added(counts: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    total = dict(counts)
    for name, count in more.items():
        if isinstance(count, Mapping):
            total[name] = _added(total.get(name, {}), count)
        elif count:
            total[name] = total.get(name, 0) + count
    return total


def _stand(run: Run, state: State, **values: Any) -> None:
    """Set the run's final state. Raises ``Overtaken`` when another worker took its turn."""
    mine = type(run).objects.filter(pk=run.pk, turn=run.turn)
    if not mine.update(state=state, finished_at=timezone.now(), stop_asked=False, **values):
        raise Overtaken


def _fail(use: Use, phase: Phase, run: Run, code: str, params: Mapping[str, object]) -> None:
    """Record why the run can't go on, for its page. What it has written stays."""
    error = {"code": code, "params": params}
    if phase is not CHECK:
        _stand(run, phase.failed, error=error)
        return
    with transaction.atomic():
        use.forget_check(run)
        _stand(run, phase.failed, error=error, counts={})


def _lost(run: Run, phase: Phase) -> None:
    """Stop the run because who started it lost the permission: someone who has it may go on."""
    _stand(run, phase.stopped or phase.failed, error={"code": "permission", "params": {}})


def given_up(job: Job) -> None:
    """Record that the run failed for good, so that its page does not show progress for ever."""
    use, phase, run = _of(job)
    if run.state == phase.during:
        _fail(use, phase, run, "stumbled", {})
