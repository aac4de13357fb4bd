"""Fills a database by importing a generated file, as a worker process does; this also benchmarks imports.

`python -m bench.filling SIZE` does nothing if the database is already filled; its measurements are stored beside it.
From a million on, a tenth is imported and the rest copied by SQL; BENCH_IMPORT=all imports all of it.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.copying import multiply  # noqa: E402
from bench.machine import Database, loop  # noqa: E402
from entregent.accounts import jobs  # noqa: E402
from entregent.accounts.actor import Actor, actor_in  # noqa: E402
from entregent.accounts.models import Account, User  # noqa: E402
from entregent.accounts.opening import add_member, open_account  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.exchange import intake  # noqa: E402
from entregent.exchange.models import Import  # noqa: E402
from entregent.runs import cycle  # noqa: E402

SLUG = "mesure"
EMAIL = "bruno@mesure.example"
COPIED_FROM = 1_000_000
"""From this many people on, nine in ten are copies."""


def once(fill: Callable[[], dict[str, Any]]) -> None:
    """Fill the configured database, unless it already is; store what ``fill`` returns in filled.json beside it."""
    note = Path(settings.DATA) / "filled.json"
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if note.exists():
        return
    if Account.objects.filter(slug=SLUG).exists():
        raise SystemExit(f"{settings.DATA} was left half filled: delete it and begin again.")
    jobs.settle_down()
    note.write_text(json.dumps(fill() | {"day": date.today().isoformat()}))


def fill(size: int) -> dict[str, Any]:
    """Import ``size`` people into a new account; return the measurements."""
    by = _collaborator()
    source = receive(by, size)
    database = Database()
    before = loop()
    wall, cpu, server = time.perf_counter(), time.process_time(), database.cpu()
    jobs.run_pending()
    wall, cpu, server = time.perf_counter() - wall, time.process_time() - cpu, database.cpu() - server
    check(by, source, size)
    return {
        "rows": size, "wall": wall, "cpu": cpu, "server_cpu": server, "loop": (before + loop()) / 2,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def fill_and_copy(size: int) -> dict[str, Any]:
    """Add ``size`` people; from a million on, nine in ten are copies and the import is not measured."""
    times = 10 if size >= COPIED_FROM and os.environ.get("BENCH_IMPORT") != "all" else 1
    took = fill(size // times)
    if times == 1:
        return took
    multiply(times)
    return {"rows": size // times}


def receive(by: Actor, size: int, first: int = 0) -> Import:
    """Queue the import of ``size`` people, numbered from ``first``, for the next worker."""
    file = Path(settings.DATA) / "people.csv"
    # In its own process, so that its memory does not count towards the import's.
    subprocess.run([sys.executable, "-m", "bench.people", str(file), str(size), str(first)], check=True)
    with inside(by.account):
        source = intake.receive(by, file, "people.csv", "contacts")
        cycle.start_run(by, source)
    file.unlink()
    return source


def check(by: Actor, source: Import, size: int) -> None:
    """Exit with an error unless all ``size`` people were imported."""
    with inside(by.account):
        source = Import.objects.get(pk=source.pk)
    if source.counts.get("created", 0) + source.counts.get("updated", 0) != size:  # two people may be merged
        raise SystemExit(f"The import ended otherwise than it should: {source.state} {source.counts} {source.error}")


def _collaborator() -> Actor:
    account = open_account(SLUG, "Mesure")
    user = User.objects.create_user(EMAIL, "une-phrase-assez-longue", first_name="Bruno", last_name="Lefèvre")
    add_member(account, user, "collaborator")
    actor = actor_in(SLUG, user.pk)
    assert actor is not None
    return actor


if __name__ == "__main__":
    once(partial(fill_and_copy, int(sys.argv[1])))
