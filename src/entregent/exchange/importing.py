"""The engine of imports: steps of a thousand rows, each one transaction, continued by whoever finds them.

A step writes the records, their journal, the rejected rows, the counts and the number of rows done together.
A worker killed in the middle loses its step whole; the next one begins where the row says.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from entregent.accounts.actor import Actor, Door
from entregent.accounts.jobs import author, handler, when_given_up
from entregent.accounts.models import Job
from entregent.accounts.permissions import Can
from entregent.accounts.statistics import refresh_statistics
from entregent.actions.frame import Conflict, act
from entregent.directory.fields.custom import forget
from entregent.formats.errors import Unreadable
from entregent.journal.models import Entry
from entregent.store.bulk import Rows

from . import intake, listing
from .applying import write
from .deeds import IMPORTED
from .models import Import, Reject
from .planning import Plan, Planner, Row
from .rows import raw_rows, rows_of
from .seen import Seen

STEP = 1000
LOOK_AT = 20_000
CHECK = "import.check"
RUN = "import.run"
TRIES = 5
State = Import.State


class Overtaken(Exception):
    """Another worker did this step meanwhile: ours is undone, and that is all."""


def start_check(by: Actor, source: Import) -> Job | None:
    """Have the worker go through the file without writing anything of it; None when it is at work, or was run."""
    by.require(Can.IMPORT)
    with transaction.atomic():
        if not _waiting(source).update(state=State.CHECKING):
            return None
        source.rejects.all().delete()
        _begin(source, State.CHECKING, rows_total=None)
        return Job.objects.create(account=by.account, kind=CHECK, payload={"import": source.pk}, by_id=by.user_id)


def start_run(by: Actor, source: Import) -> Job | None:
    """Have the worker import the file; None when it runs already or is done. The journal entry opens now."""
    by.require(*_needs(source))
    with transaction.atomic():
        if not _waiting(source).update(state=State.RUNNING):
            return None
        source.rejects.all().delete()
        listing.open_list(by, source)
        source.entry = Entry.objects.create(
            account=by.account, deed=IMPORTED, by_id=by.user_id, by_name=by.name, door=Door.IMPORT,
            at=timezone.now(), data={"file": source.name, "import": source.pk},
        )  # fmt: skip
        _begin(source, State.RUNNING, rows_total=source.rows_total)
        return Job.objects.create(account=by.account, kind=RUN, payload={"import": source.pk}, by_id=by.user_id)


def discard(source: Import) -> bool:
    """Forget an import that was not run, and its file; False when it is at work, or was run meanwhile."""
    with transaction.atomic():
        held = _waiting(source).select_for_update(of=("self",)).first()
        if held:
            intake.discard(held)
    return held is not None


def _waiting(source: Import) -> QuerySet[Import]:
    """The import, where nobody has begun with it: as it is now, not as it was read."""
    return Import.objects.filter(pk=source.pk, state__in=[State.DRAFT, State.CHECKED])


def _needs(source: Import) -> list[Can]:
    """What an import asks of whoever starts it, and still asks of them at each step."""
    people = [Can.WRITE_CONTACTS] if source.kind == "contacts" else []
    into = [Can.WRITE_LISTS] if source.list_id or source.list_name else []
    return [Can.IMPORT, Can.WRITE_ORGANISATIONS, *people, *into]


def _begin(source: Import, state: str, rows_total: int | None) -> None:
    source.state, source.rows_total = state, rows_total
    source.rows_done, source.counts, source.error, source.stop_asked = 0, {}, None, False
    source.started_at, source.finished_at = timezone.now(), None
    source.save()


def ask_stop(source: Import) -> None:
    """«Arrêter»: the worker stops after the step it is in. What is in stays in; the rest can go on later."""
    Import.objects.filter(pk=source.pk).update(stop_asked=True)


def resume(by: Actor, source: Import) -> bool:
    """Go on with a stopped import; False when it is not stopped."""
    by.require(Can.IMPORT)
    with transaction.atomic():
        stopped = Import.objects.filter(pk=source.pk, state=State.STOPPED)
        if not stopped.update(state=State.RUNNING, stop_asked=False, finished_at=None):
            return False
        Job.objects.create(account=by.account, kind=RUN, payload={"import": source.pk}, by_id=by.user_id)
    return True


@handler(CHECK)
def check(job: Job) -> Iterator[None]:
    """Plan every row and count; write nothing but the import's own state and the rejected rows."""
    source = Import.objects.get(pk=job.payload["import"])
    if source.state != State.CHECKING:
        return
    source.rows_done, source.counts = 0, {}
    with transaction.atomic():  # a check whose worker was killed begins anew
        Import.objects.filter(pk=source.pk).update(rows_done=0, counts={})
        source.rejects.all().delete()
    by = author(job, Door.IMPORT)
    planner = Planner(by, _letter(source), source.on_duplicate, Seen().remember)
    try:
        for rows in _steps(source, 0):
            with transaction.atomic():
                _advance(source, planner.plan(rows), len(rows))
            yield
            if _stop_asked(source):
                _finish(source, State.DRAFT)
                return
    except Unreadable as unreadable:
        _fail(source, unreadable)
        return
    except Overtaken:
        return
    source.rows_total = source.rows_done
    _finish(source, State.CHECKED)


@handler(RUN)
def run(job: Job) -> Iterator[None]:
    """Carry out the plan, from the first row that is not done yet."""
    source = Import.objects.get(pk=job.payload["import"])
    if source.state != State.RUNNING:
        return
    by = author(job, Door.IMPORT)
    planner = Planner(by, _letter(source), source.on_duplicate)
    next_count = 0
    try:
        if source.rows_total is None:
            yield from _read_through(source)
        for rows in _steps(source, source.rows_done):
            _run_step(by, source, planner, rows)
            if source.rows_done >= next_count:  # what is looked up grows: the planner must know
                refresh_statistics()
                next_count = 3 * source.rows_done
            yield
            if _stop_asked(source):
                _finish(source, State.STOPPED)
                return
    except Unreadable as unreadable:
        _fail(source, unreadable)
        return
    except Overtaken:
        return
    source.rows_total = source.rows_done
    _finish(source, State.DONE)
    refresh_statistics()


def _read_through(source: Import) -> Iterator[None]:
    """Read a file that was not checked to its end, so that one which can't be read leaves nothing half written."""
    count = 0
    for count, _ in enumerate(raw_rows(source), 1):
        if count % LOOK_AT == 0:
            yield
    source.rows_total = count
    Import.objects.filter(pk=source.pk).update(rows_total=count)


@when_given_up(CHECK)
@when_given_up(RUN)
def given_up(job: Job) -> None:
    """Say it on the import's page, instead of a progress that never ends. What is in stays in."""
    source = Import.objects.filter(pk=job.payload["import"], state__in=[State.CHECKING, State.RUNNING]).first()
    if source:
        _fail(source, Unreadable("stumbled"))


def _run_step(by: Actor, source: Import, planner: Planner, rows: list[Row]) -> None:
    """One step, tried again when someone changed one of its records in between."""
    for attempt in range(TRIES):
        try:
            forget(by.account)  # its fields may have changed since the last step
            with act(by, IMPORTED, *_needs(source), entry=source.entry) as telling:
                plans = planner.plan(rows)
                made = write(by, plans, telling, planner.organisations)
                if source.list_id:
                    listing.put(by, source, plans, made, telling)
                _advance(source, plans, len(rows))
            return
        except (Conflict, IntegrityError):
            source.refresh_from_db()
            if attempt == TRIES - 1:
                raise


def _advance(source: Import, plans: Sequence[Plan], count: int) -> None:
    """Count what the step did and move on, unless another worker was first. Part of the step's transaction."""
    counts: dict[str, Any] = Counter(source.counts)
    notes: Counter[str] = Counter(counts.pop("notes", {}))
    for plan in plans:
        counts[plan.outcome] += 1
        notes.update(plan.notes)
    total = dict(counts) | {"notes": dict(notes)}
    done = source.rows_done + count
    moved = Import.objects.filter(pk=source.pk, rows_done=source.rows_done).update(rows_done=done, counts=total)
    if not moved:
        raise Overtaken
    rejected = Rows(Reject, "account_id source_id line cells problems")
    for plan in plans:
        if plan.outcome == "rejected":
            rejected.add(source.account_id, source.pk, plan.row.line, plan.row.cells, plan.problems)
    rejected.insert()
    source.rows_done, source.counts = done, total


def _steps(source: Import, skip: int) -> Iterator[list[Row]]:
    rows = rows_of(source, skip)
    while step := list(islice(rows, STEP)):
        yield step


def _letter(source: Import) -> str:
    return "o" if source.kind == "organisations" else "p"


def _stop_asked(source: Import) -> bool:
    return Import.objects.filter(pk=source.pk, stop_asked=True).exists()


def _finish(source: Import, state: str) -> None:
    Import.objects.filter(pk=source.pk).update(
        state=state, rows_total=source.rows_total, finished_at=timezone.now(), stop_asked=False
    )


def _fail(source: Import, unreadable: Unreadable) -> None:
    """The file can't be read to its end. What was imported before stays; the page says so."""
    Import.objects.filter(pk=source.pk).update(
        state=State.FAILED, finished_at=timezone.now(), error={"code": unreadable.code, "params": unreadable.params}
    )
