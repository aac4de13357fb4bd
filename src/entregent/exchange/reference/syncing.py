"""Syncing the shared directory with a file: a long run that can be taken back.

The check compares every row and saves each change that it would make; the run applies those changes, and the undo
takes them back.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.statistics import refresh_statistics
from entregent.actions.service.operating import operate
from entregent.directory.messages import Problem
from entregent.directory.models import Party
from entregent.exchange.file_use import FileUse
from entregent.exchange.messages import ROW_FAILED, kept
from entregent.exchange.models import Reject
from entregent.formats import apart
from entregent.formats.errors import Unreadable
from entregent.journal.telling import Telling
from entregent.runs.cycle import discard, offer
from entregent.runs.phases import CHECK, GO, Phase
from entregent.runs.uses import Batch, Did, Steps
from entregent.store.scratch import Keys

from .applying import Step, refuse
from .comparing import Comparer, plan_leaving
from .deeds import SYNC_UNDONE, SYNCED
from .models import Sync, SyncChange
from .rows import Reader, SyncRow, cells_to_mend, map_identifier, rejected
from .undoing import Undo

READ, WRITE = 1000, 200
"""Rows compared, and records written, in one step."""
MOST_TWICE = 10
"""Name at most this many repeated identifiers."""
Deed, Done = SyncChange.Deed, SyncChange.State
OUTCOME = ["state", "party", "name", "changes", "before", "problems"]
"""What applying or undoing a change sets in it."""


class SyncUse(FileUse[Sync]):
    """Syncs: the whole file is compared before anything is written; changes are applied and undone one by one."""

    code, model, opens, deed, undone = "sync", Sync, Can.OPERATE, SYNCED, SYNC_UNDONE
    checked_first = True

    def runs(self, by: Actor) -> QuerySet[Sync]:
        """Return all syncs: an operator may go on with what another began."""
        return Sync.objects.all()

    def receive(self, by: Actor, content: BinaryIO | Path, name: str, kind: str) -> Sync:
        operate(by)
        sync = super().receive(by, content, name, kind)
        if sync.read_as.kind == "vcard":
            discard(sync)
            raise Unreadable("sync_vcard")
        map_identifier(sync)
        sync.save(update_fields=["mapping"])
        return sync

    def keep(self, by: Actor, content: BinaryIO | Path, name: str, kind: str) -> Sync:
        operate(by)
        return super().keep(by, content, name, kind)

    def settle(self, run: Sync) -> None:
        if run.read_as.kind == "vcard":
            raise Unreadable("sync_vcard")
        map_identifier(run)

    def reread(self, run: Sync, **changed: Any) -> None:
        super().reread(run, **changed)
        map_identifier(run)
        run.save(update_fields=["mapping"])

    def missing(self, run: Sync) -> list[str]:
        return ([] if "code" in run.mapping else ["code"]) + super().missing(run)

    def doubt(self, run: Sync) -> Problem | None:
        """Ask to confirm a file said to be complete that names fewer than half of the known records."""
        return Problem("confirmed", "sync_half") if run.halved else None

    def begin(self, by: Actor, run: Sync, phase: Phase) -> None:
        if phase is not CHECK:
            run.rows_total = run.planned if phase is GO else run.applied

    def told(self, run: Sync) -> dict[str, Any]:
        return super().told(run) | {"rows": run.rows_total}

    def forget_check(self, run: Sync) -> None:
        SyncChange.objects.filter(sync=run).delete()

    def rejects(self, run: Sync) -> Iterator[Reject]:
        return rejected(run)

    def undoable(self, run: Sync) -> bool:
        return super().undoable(run) and run.planned > 0

    def check(self, by: Actor, run: Sync) -> Steps:
        """Compare every row. A repeated identifier stops the check: either row could be right."""
        reader, seen = Reader(run), Keys()
        today = timezone.localdate()
        comparer = Comparer(by, run, reader.places, reader.by_code, today)
        twice: list[str] = []
        for step in apart.together(reader.rows(), READ):
            if step is None:
                yield None
                continue
            twice += seen.add(row.code for row in step if row.code)
            yield None if twice else Batch(step, partial(_compare, comparer), partial(_not_compared, run))
        if twice:
            named = ", ".join(dict.fromkeys(twice[:MOST_TWICE]))
            raise Unreadable("sync_twice", codes=named, count=len(twice))
        yield from _absent(run, comparer.letter, seen, today)
        yield from _keep_cells(run)

    def go(self, by: Actor, run: Sync) -> Steps:
        """Apply the planned changes in the file's order, those who leave last."""
        waiting = SyncChange.objects.filter(sync=run, state=Done.PLANNED, deed__in=SyncChange.WRITING)
        yield from _changes(by, run, waiting.order_by("id"), Step)
        yield from _keep_cells(run)
        refresh_statistics()

    def undo(self, by: Actor, run: Sync) -> Steps:
        """Undo the applied changes, the last first: people leave an organisation before it is deleted."""
        done = SyncChange.objects.filter(sync=run, state=Done.DONE)
        yield from _changes(by, run, done.order_by("-id"), Undo)


SYNC = SyncUse()
offer(SYNC)


def _compare(comparer: Comparer, rows: Sequence[SyncRow], _telling: Telling | None) -> Did:
    planned, counts = comparer.compare(rows)
    SyncChange.objects.bulk_create(planned)
    return Did(len(rows), counts)


def _absent(sync: Sync, letter: str, seen: Keys, today: Any) -> Steps:
    """Count the known records; for a complete file, plan the leaving of those it doesn't name."""
    office = Party.objects.filter(kind=letter, retired_at=None, binned_at=None).exclude(code="").order_by("pk")
    sync.known, last = office.count(), 0
    Sync.objects.filter(pk=sync.pk).update(known=sync.known)
    while sync.complete and (found := list(office.filter(pk__gt=last).values_list("pk", "code")[:READ])):
        last = found[-1][0]
        absent = [pk for pk, code in found if code not in seen]
        yield partial(_leave, sync, absent, today) if absent else None


def _leave(sync: Sync, absent: list[int], today: Any, _telling: Telling | None) -> Did:
    planned = plan_leaving(sync, list(Party.objects.select_related("account").filter(pk__in=absent)), today)
    SyncChange.objects.bulk_create(planned)
    return Did(0, {Deed.RETIRED: len(planned)})


def _changes(by: Actor, sync: Sync, waiting: QuerySet[SyncChange], kind: type[Step]) -> Steps:
    """Yield a step per ``WRITE`` waiting changes. Each step changes their state, so they are not found again."""
    for _start in range(0, waiting.count(), WRITE):
        ids = list(waiting.values_list("pk", flat=True)[:WRITE])
        yield Batch(ids, partial(_write, by, sync, waiting, kind), partial(_not_written, kind))


def _keep_cells(sync: Sync) -> Steps:
    """Keep the cells of the rows to mend, for their download."""
    for changes in apart.together(cells_to_mend(sync), READ):
        yield changes and partial(_save_cells, changes)


def _save_cells(changes: Sequence[SyncChange], _telling: Telling | None) -> Did:
    SyncChange.objects.bulk_update(changes, ["cells"], batch_size=100)
    return Did(0)


def _not_compared(sync: Sync, row: SyncRow, _telling: Telling | None) -> Did:
    SyncChange.objects.create(
        account_id=sync.account_id, sync=sync, code=row.code, line=row.line, deed=Deed.REJECTED,
        problems=[kept("", ROW_FAILED)],
    )  # fmt: skip
    return Did(1, {Deed.REJECTED: 1})


def _not_written(kind: type[Step], pk: int, _telling: Telling | None) -> Did:
    change = SyncChange.objects.get(pk=pk)
    refuse(change, ROW_FAILED, kind.failed)
    change.save(update_fields=["state", "problems"])
    return Did(1, {change.state: 1})


def _write(
    by: Actor, sync: Sync, waiting: QuerySet[SyncChange], kind: type[Step], ids: Sequence[int],
    telling: Telling | None,
) -> Did:  # fmt: skip
    assert telling is not None  # noqa: S101
    planned = list(waiting.filter(pk__in=ids))
    for change in planned:
        change.sync = sync
    kind(by, telling, planned).run()
    SyncChange.objects.bulk_update(planned, OUTCOME, batch_size=100)
    return Did(len(planned), Counter(one.state for one in planned if one.state in (Done.REFUSED, Done.KEPT)))
