"""Import a file: a long run that plans and writes a thousand rows per step."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from entregent.accounts.actor import Actor, Door
from entregent.accounts.permissions import Can
from entregent.accounts.statistics import refresh_statistics
from entregent.directory.fields.custom import forget
from entregent.formats.apart import together
from entregent.journal.telling import Telling
from entregent.runs.cycle import offer
from entregent.runs.phases import GO, Phase
from entregent.runs.uses import Batch, Did, Steps
from entregent.store.bulk import Rows

from . import listing, remarks, reporting
from .applying import write
from .deeds import IMPORTED
from .fields import CONTACTS, letter
from .file_use import FileUse
from .messages import ROW_FAILED, kept
from .models import Import, Reject, Remark
from .planning import Plan, Planner, Row
from .rows import raw_rows, rows_of

STEP = 1000
LOOK_AT = 20_000


class ImportUse(FileUse[Import]):
    """Imports: the check plans every row without writing; the run plans again and writes."""

    code, model, opens, deed = "import", Import, Can.IMPORT, IMPORTED

    def needs(self, run: Import) -> list[Can]:
        people = [Can.WRITE_CONTACTS] if run.kind == CONTACTS else []
        into = [Can.WRITE_LISTS] if run.list_id or run.list_name else []
        return [Can.IMPORT, Can.WRITE_ORGANISATIONS, *people, *into]

    def door(self, by: Actor) -> Door:
        return Door.IMPORT

    def begin(self, by: Actor, run: Import, phase: Phase) -> None:
        if phase is GO:
            run.counts = {}
            self.forget_check(run)
            listing.open_list(by, run)

    def forget_check(self, run: Import) -> None:
        run.rejects.all().delete()
        run.remarks.all().delete()

    def rejects(self, run: Import) -> Iterator[Reject]:
        return run.rejects.iterator(chunk_size=500)

    def check(self, by: Actor, run: Import) -> Steps:
        planner = _planner(by, run, whole_file=True)
        for rows in together(rows_of(run), STEP):
            yield rows and Batch(rows, partial(_plan, run, planner), partial(_put_aside, run))

    def go(self, by: Actor, run: Import) -> Steps:
        planner = _planner(by, run)
        next_count = 0
        if run.rows_total is None:
            yield from _read_through(run)
        for rows in together(rows_of(run, run.rows_done), STEP):
            yield rows and Batch(rows, partial(_write, by, run, planner), partial(_put_aside, run))
            if rows and run.rows_done >= next_count:  # the tables have grown since the planner last counted
                refresh_statistics()
                next_count = 3 * run.rows_done
        refresh_statistics()


IMPORT = ImportUse()
offer(IMPORT)


def _planner(by: Actor, run: Import, whole_file: bool = False) -> Planner:
    labels = partial(reporting.label_of, run)
    return Planner(by, letter(run.kind), run.on_duplicate, labels, whole_file=whole_file, shared=run.shared_addresses)


def _plan(source: Import, planner: Planner, rows: Sequence[Row], _telling: Telling | None) -> Did:
    did = _counted(source, planner.plan(rows))
    planner.keep()
    return did


def _write(by: Actor, source: Import, planner: Planner, rows: Sequence[Row], telling: Telling | None) -> Did:
    assert telling is not None  # noqa: S101
    forget(by.account)  # custom fields may have changed since the last step
    plans = planner.plan(rows)
    made = write(by, plans, telling)
    if source.list_id:
        listing.put(by, source, plans, made, telling)
    return _counted(source, plans)


def _put_aside(source: Import, row: Row, _telling: Telling | None) -> Did:
    return _counted(source, [Plan(row, "", "rejected", problems=[kept("", ROW_FAILED)])])


def _counted(source: Import, plans: Sequence[Plan]) -> Did:
    """Count the outcomes of a step's rows; save the rejected ones, and the remarks on the others."""
    rejected = Rows(Reject, "account_id source_id line cells problems")
    remarked = Rows(Remark, "account_id source_id line about problems")
    rows = [(plan, plan.row) for plan in plans if plan.row]
    for plan, row in rows:
        if plan.outcome == "rejected":
            rejected.add(source.account_id, source.pk, row.line, row.cells, plan.problems)
            continue
        for about, problems in remarks.of(plan):
            remarked.add(source.account_id, source.pk, row.line, about, problems)
    rejected.insert()
    remarked.insert()
    notes = Counter(note for plan in plans for note in plan.notes)
    return Did(len(rows), Counter(plan.outcome for plan, _row in rows) | {"notes": notes})


def _read_through(source: Import) -> Steps:
    """Read an unchecked file to its end first, so that an unreadable one is not partly imported."""
    count = 0
    for row in raw_rows(source):
        count += row is not None
        if row is None or count % LOOK_AT == 0:
            yield None
    source.rows_total = count
    Import.objects.filter(pk=source.pk).update(rows_total=count)
