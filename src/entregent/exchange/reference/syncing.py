"""A sync's life: compared whole before a word is written, applied in steps that survive a crash, taken back so too.

Each step of the worker writes the records, their journal, what became of each change and the counts together. A
worker killed in the middle loses its step whole; the next one goes on with the changes that are still planned.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from entregent.accounts.actor import Actor, Door
from entregent.accounts.jobs import author, handler, when_given_up
from entregent.accounts.models import Job
from entregent.accounts.permissions import Can
from entregent.accounts.statistics import refresh_statistics
from entregent.actions.frame import act
from entregent.actions.service.operating import operate
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.exchange import intake
from entregent.exchange.seen import Seen
from entregent.formats.errors import Unreadable
from entregent.journal.deeds import Deed as Told
from entregent.journal.models import Entry
from entregent.store.bulk import Rows

from .applying import Step, keep
from .comparing import Comparer, plan_leaving
from .deeds import SYNC_UNDONE, SYNCED
from .models import Sync, SyncChange
from .rows import Reader, map_identifier, missing_columns
from .undoing import Undo

READ, WRITE = 1000, 200
"""Rows compared, and records written, in one step."""
MOST_TWICE = 10
"""So many identifiers that come twice are named."""
CHECK, RUN, UNDO = "sync.check", "sync.run", "sync.undo"
State, Deed, Done = Sync.State, SyncChange.Deed, SyncChange.State
_CHANGE = "account_id sync_id deed state party_id code name line version changes patch before problems"


def receive(by: Actor, content: BinaryIO | Path, name: str, kind: str) -> Sync:
    """Keep a file as a draft, its columns guessed. Raises ``Unreadable``, ``PermissionDenied``."""
    operate(by)
    sync = intake.receive(by, content, name, kind, Sync)
    if sync.read_as.kind == "vcard":
        intake.discard(sync)
        raise Unreadable("sync_vcard")
    map_identifier(sync)
    sync.save(update_fields=["mapping"])
    return sync


def reread(sync: Sync, **changed: Any) -> None:
    """Read the file another way: encoding, delimiter, sheet, header or not. Raises ``Unreadable``."""
    intake.reread(sync, **changed)
    map_identifier(sync)
    sync.save(update_fields=["mapping"])


def start_check(by: Actor, sync: Sync, complete: bool) -> Job | None:
    """Have the worker compare the file with the directory; None when it does so already.

    Raises ``Invalid`` where a column is missing.
    """
    operate(by)
    if missing := missing_columns(sync):
        raise Invalid([Problem(name, "required") for name in missing])
    with transaction.atomic():
        if not Sync.objects.filter(pk=sync.pk, state=State.DRAFT).update(state=State.CHECKING):
            return None
        sync.state, sync.complete, sync.error = State.CHECKING, complete, None
        sync.rows_total, sync.rows_done, sync.counts = None, 0, {}
        sync.started_at, sync.finished_at = timezone.now(), None
        sync.save()
        return _job(by, CHECK, sync)


def start_run(by: Actor, sync: Sync, confirmed: bool = False) -> Job | None:
    """Have the worker apply what was compared; None when it runs already or is done.

    A file said to be complete that names fewer than half of those we knew must be ``confirmed``: else ``Invalid``.
    """
    operate(by)
    if sync.halved and not confirmed:
        raise Invalid([Problem("confirmed", "sync_half")])
    return _start(by, sync, State.CHECKED, State.RUNNING, RUN, SYNCED, "entry")


def start_undo(by: Actor, sync: Sync) -> Job | None:
    """Have the worker take back a sync; None when it is not one that is done."""
    operate(by)
    return _start(by, sync, State.DONE, State.UNDOING, UNDO, SYNC_UNDONE, "undo_entry")


def discard(sync: Sync) -> bool:
    """Forget a sync that was not applied, and its file; False when it is at work, or was applied meanwhile."""
    over = Sync.objects.filter(pk=sync.pk, state__in=(State.DRAFT, State.CHECKED, State.FAILED), entry=None)
    with transaction.atomic():
        held = over.select_for_update(of=("self",)).first()
        if held:
            intake.discard(held)
    return held is not None


def reopen(sync: Sync) -> None:
    """Come back to the columns: what was compared is forgotten."""
    with transaction.atomic():  # one that was applied meanwhile needs its changes to be taken back
        if Sync.objects.filter(pk=sync.pk, state=State.CHECKED).update(state=State.DRAFT):
            SyncChange.objects.filter(sync=sync).delete()


def _start(by: Actor, sync: Sync, from_: str, to: str, kind: str, deed: Told, entry: str) -> Job | None:
    with transaction.atomic():
        if not Sync.objects.filter(pk=sync.pk, state=from_).update(state=to):
            return None
        sync.refresh_from_db()  # what was compared since it was read
        told = Entry.objects.create(
            account=by.account, deed=deed, by_id=by.user_id, by_name=by.name[:170], door=by.door, at=timezone.now(),
            data={"file": sync.name, "sync": sync.pk, "rows": sync.planned},
        )  # fmt: skip
        setattr(sync, entry, told)
        sync.state, sync.rows_total, sync.rows_done = to, sync.planned, 0
        sync.started_at, sync.finished_at = timezone.now(), None
        sync.save()
        return _job(by, kind, sync)


def _job(by: Actor, kind: str, sync: Sync) -> Job:
    return Job.objects.create(account=by.account, kind=kind, payload={"sync": sync.pk}, by_id=by.user_id)


@handler(CHECK)
def check(job: Job) -> Iterator[None]:
    """Compare every row and count. One whose worker was killed begins anew: nothing of it was written."""
    sync = _sync(job)
    if sync.state != State.CHECKING:
        return
    SyncChange.objects.filter(sync=sync).delete()
    Sync.objects.filter(pk=sync.pk).update(rows_done=0, counts={})
    sync.rows_done, sync.counts = 0, {}
    try:
        yield from _compare(author(job, Door.IMPORT), sync)
    except Unreadable as unreadable:
        _fail(sync, unreadable)
    else:
        Sync.objects.filter(pk=sync.pk, state=State.CHECKING).update(
            state=State.CHECKED, rows_total=sync.rows_done, finished_at=timezone.now()
        )


def _compare(by: Actor, sync: Sync) -> Iterator[None]:
    reader, seen = Reader(sync), Seen()
    today = timezone.localdate()
    comparer = Comparer(by, sync, reader.places, reader.by_code, today)
    twice: list[str] = []
    rows = reader.rows()
    while step := list(islice(rows, READ)):
        twice += seen.add(row.code for row in step if row.code)
        if not twice:
            with transaction.atomic():
                _plan(sync, comparer.compare(step), comparer.counts, len(step))
        yield
    if twice:
        named = ", ".join(dict.fromkeys(twice[:MOST_TWICE]))
        raise Unreadable("sync_twice", codes=named, count=len(twice))
    yield from _compare_absent(sync, comparer.letter, seen, today)


def _compare_absent(sync: Sync, letter: str, seen: Seen, today: Any) -> Iterator[None]:
    """Count those we know; of a complete file, plan the leaving of those that it doesn't name."""
    office = Party.objects.filter(kind=letter, retired_at=None, binned_at=None).exclude(code="").order_by("pk")
    sync.known, last = office.count(), 0
    Sync.objects.filter(pk=sync.pk).update(known=sync.known)
    if not sync.complete:
        return
    while found := list(office.filter(pk__gt=last).values_list("pk", "code")[:READ]):
        last = found[-1][0]
        absent = [pk for pk, code in found if code not in seen]
        if absent:
            parties = list(Party.objects.select_related("account").filter(pk__in=absent))
            planned = plan_leaving(sync, parties, today)
            with transaction.atomic():
                _plan(sync, planned, Counter({Deed.RETIRED.value: len(planned)}), 0)
        yield


def _plan(sync: Sync, planned: Sequence[SyncChange], counted: Counter[str], rows: int) -> None:
    waiting = Rows(SyncChange, _CHANGE)
    for one in planned:
        waiting.add(
            sync.account_id, sync.pk, str(one.deed), str(Done.PLANNED), one.party_id, one.code, one.name, one.line,
            one.version, one.changes, one.patch, one.before, one.problems,
        )  # fmt: skip
    waiting.insert()
    _count(sync, counted, rows)


def _count(sync: Sync, counted: Counter[str], done: int) -> None:
    sync.counts = dict(Counter(sync.counts) + Counter({str(name): count for name, count in counted.items()}))
    sync.rows_done += done
    Sync.objects.filter(pk=sync.pk).update(counts=sync.counts, rows_done=sync.rows_done)


@handler(RUN)
def run(job: Job) -> Iterator[None]:
    """Apply what is still planned, in the file's order; those who leave come last."""
    sync = _sync(job)
    if sync.state != State.RUNNING:
        return
    waiting = SyncChange.objects.filter(sync=sync, state=Done.PLANNED, deed__in=SyncChange.WRITING).order_by("id")
    yield from _steps(job, sync, lambda: list(waiting[:WRITE]), Step, SYNCED, "entry")
    Sync.objects.filter(pk=sync.pk).update(state=State.DONE, finished_at=timezone.now())
    refresh_statistics()


@handler(UNDO)
def undo(job: Job) -> Iterator[None]:
    """Take back what was done, the last first: people leave an organisation before it goes."""
    sync = _sync(job)
    if sync.state != State.UNDOING:
        return
    done = SyncChange.objects.filter(sync=sync, state=Done.DONE).order_by("-id")
    yield from _steps(job, sync, lambda: list(done[:WRITE]), Undo, SYNC_UNDONE, "undo_entry")
    Sync.objects.filter(pk=sync.pk).update(state=State.UNDONE, finished_at=timezone.now())


def _steps(
    job: Job, sync: Sync, next_ones: Callable[[], list[SyncChange]], kind: type[Step], deed: Told, entry: str
) -> Iterator[None]:
    by = author(job, Door.IMPORT)
    while planned := next_ones():
        with act(by, deed, Can.OPERATE, entry=getattr(sync, entry)) as telling:
            for change in planned:
                change.sync = sync
            kind(by, telling, planned).run()
            keep(planned)
            outcomes = Counter(change.state for change in planned if change.state in (Done.REFUSED, Done.KEPT))
            _count(sync, outcomes, len(planned))
        yield


def _sync(job: Job) -> Sync:
    return Sync.objects.select_related("account", "entry", "undo_entry").get(pk=job.payload["sync"])


@when_given_up(CHECK)
@when_given_up(RUN)
@when_given_up(UNDO)
def given_up(job: Job) -> None:
    """Say it on the sync's page. What is in stays in, and can be taken back."""
    sync = _sync(job)
    if sync.working:
        _fail(sync, Unreadable("stumbled"))


def _fail(sync: Sync, unreadable: Unreadable) -> None:
    """Nothing of the file is kept but why; one that was being applied can still be taken back."""
    applied = sync.state in (State.RUNNING, State.UNDOING)
    if not applied:
        SyncChange.objects.filter(sync=sync).delete()
    Sync.objects.filter(pk=sync.pk).update(
        state=State.DONE if applied else State.FAILED,
        finished_at=timezone.now(),
        error={"code": unreadable.code, "params": unreadable.params},
    )
