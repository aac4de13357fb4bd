"""Benchmarks the worker's jobs on a shared directory: `python -m bench.shared_work DEED FILE`, in its own process.

`tag`: tag all of the account's own contacts, and undo it. `sync`: compare and apply a file with a tenth of the shared
directory, in which one row in twenty differs; then update the layers over the changed records.
"""

import csv
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from bench import people  # noqa: E402
from bench.filling import EMAIL, SLUG, actor, organisations  # noqa: E402
from bench.machine import Database, loop  # noqa: E402
from bench.shared_filling import IMPORTED_ONE_IN, OPERATOR  # noqa: E402
from entregent.accounts import jobs  # noqa: E402
from entregent.accounts.models import Job  # noqa: E402
from entregent.accounts.models.accounts import REFERENCE_SLUG  # noqa: E402
from entregent.accounts.scope import everywhere, inside  # noqa: E402
from entregent.actions.bulk import jobs as many  # noqa: E402
from entregent.actions.bulk.chosen_sets import announce  # noqa: E402
from entregent.directory.selections.selections import Selection  # noqa: E402
from entregent.exchange.models import Sync  # noqa: E402
from entregent.exchange.reference.syncing import SYNC  # noqa: E402
from entregent.runs import cycle  # noqa: E402

CHANGED_ONE_IN = 20
"""One row in this many differs from the directory."""
FIRST_NAME, FUNCTION = people.HEADERS.index("Prénom"), people.HEADERS.index("Fonction")


def tag() -> list[dict[str, Any]]:
    """Tag all of the account's own contacts in a job, and undo it in another."""
    by = actor(SLUG, EMAIL)
    with inside(by.account):
        selection = Selection.read("p", {"source": "mine"})
        name = f"Banc {time.time_ns()}"
        job = many.start_on(by, "tag", announce(by, selection), {"names": [name]})
        put = _done("bulk tag", job, job.payload["total"])
        taken = _done("bulk tag, undone", many.start_undo(by, _again(job)), job.payload["total"])
    return [put, taken]


def sync() -> list[dict[str, Any]]:
    """Synchronise the shared directory with a newer file of a tenth of its records."""
    by = actor(REFERENCE_SLUG, OPERATOR)
    noted = json.loads((Path(settings.DATA) / "filled.json").read_text())
    rows, file = noted["reference"] // IMPORTED_ONE_IN, Path(settings.DATA) / "newer.csv"
    changed = _write(file, rows, organisations(noted["reference"]))
    with inside(by.account):
        source = SYNC.receive(by, file, "newer.csv", "contacts")
        file.unlink()
        comparing = cycle.start_check(by, source, complete=False)
        assert comparing is not None
        compared = _done("sync, compared", comparing, rows)
        source.refresh_from_db()
        # A few generated people are namesakes in one organisation: the initial import merged them.
        beside = abs(source.counts.get("changed", 0) - changed)
        if source.state != Sync.State.CHECKED or beside > rows // 1000:
            raise SystemExit(f"{changed} changes were expected: {source.state} {source.counts} {source.error}")
        job = cycle.start_run(by, source)
        assert job is not None
        applied = _done("sync, applied", job, changed)
        source.refresh_from_db()
    if source.state != Sync.State.DONE or source.counts.get("refused"):
        raise SystemExit(f"The sync ended otherwise than it should: {source.state} {source.counts}")
    followed = _timed("sync, followed by layers", changed, lambda _step: jobs.run_pending())
    return [compared, applied, followed]


def _write(file: Path, count: int, bodies: int) -> int:
    """Write the first rows of the directory to a file, and change one in ``CHANGED_ONE_IN``; return how many."""
    turn, changed = time.time_ns() // 1_000_000_000, 0
    with file.open("w", encoding="utf-8", newline="") as opened:
        lines = csv.writer(opened, delimiter=";")
        lines.writerow(people.HEADERS)
        for number in range(count):
            row = people.row(number, bodies)
            if number % CHANGED_ONE_IN == 0:
                changed += 1
                column = FUNCTION if row[FUNCTION] and changed % 2 else FIRST_NAME
                row[column] = f"{row[column]} {turn}"
            lines.writerow(row)
    return changed


def _done(name: str, job: Job, rows: int) -> dict[str, Any]:
    """Run a job in this process and return its measurements. Exits if it failed."""
    took = _timed(name, rows, lambda step: jobs.do_here(job, step))
    done = _again(job)
    if done.state != Job.State.DONE:
        raise SystemExit(f"{name}: {done.state} {done.error}")
    return took


def _again(job: Job) -> Job:
    with everywhere("the job is of one account or the other"):
        return Job.objects.get(pk=job.pk)


def _timed(name: str, rows: int, act: Callable[[Callable[[], None]], object]) -> dict[str, Any]:
    """Measure ``act``: wall and CPU seconds; peak memory (MB) after the first tenth of the steps, and in all."""
    peaks, database, before = [_peak()], Database(), loop()
    wall, cpu, server = time.perf_counter(), time.process_time(), database.cpu()
    act(lambda: peaks.append(_peak()))
    wall, cpu, server = time.perf_counter() - wall, time.process_time() - cpu, database.cpu() - server
    return {
        "work": name, "rows": rows, "wall": wall, "cpu": cpu, "server_cpu": server, "loop": (before + loop()) / 2,
        "early_mb": peaks[len(peaks) // 10 + 1 if len(peaks) > 1 else 0], "peak_mb": _peak(),
    }  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


DEEDS: dict[str, Callable[[], list[dict[str, Any]]]] = {"tag": tag, "sync": sync}


def main(deed: str, target: Path) -> None:
    jobs.settle_down()
    target.write_text(json.dumps({deed: DEEDS[deed]()}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
