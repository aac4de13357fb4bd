"""Fills a database with one account: `python -m bench.filling SIZE`; does nothing if the database is already filled.

The first half of the people, at most ``IMPORTED``, are imported from a file, as a worker does; this is measured. The
others are added in batches, with the same names (crowd.py). Then come the journal and the lists.
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
from django.db import connection  # noqa: E402

from bench import crowd, histories, lists  # noqa: E402
from bench.machine import Database, loop  # noqa: E402
from entregent.accounts import jobs  # noqa: E402
from entregent.accounts.actor import Actor, actor_in  # noqa: E402
from entregent.accounts.models import Account, User  # noqa: E402
from entregent.accounts.opening import add_member, open_account  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.accounts.statistics import refresh_statistics  # noqa: E402
from entregent.exchange import intake  # noqa: E402
from entregent.exchange.models import Import  # noqa: E402
from entregent.runs import cycle  # noqa: E402

SLUG = "mesure"
EMAIL = "bruno@mesure.example"
IMPORTED = 50_000
"""Import at most this many people; the others are added without a file."""


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
    start = time.perf_counter()
    filled = fill()
    settle()
    filled |= {"day": date.today().isoformat(), "seconds": time.perf_counter() - start}
    note.write_text(json.dumps(filled))


def fill(size: int) -> dict[str, Any]:
    """Add ``size`` people with their journal and lists; return what was filled, and the import's measurements."""
    by = member(open_account(SLUG, "Mesure").slug, EMAIL, "Bruno", "Lefèvre")
    imported, bodies = min(size // 2, IMPORTED), organisations(size)
    source = receive(by, range(imported), bodies)
    took = timed(jobs.run_pending)
    check(by, source, imported)
    crowd.add(by, range(imported, size), bodies)
    with inside(by.account):
        entries = histories.give(by, min(size * histories.A_CONTACT, histories.MOST))
        histories.attach(by)
        lists.give(by)
    measured = {"work": "import, empty base", "rows": imported} | took
    return {"entries": entries, "bodies": bodies, "imports": [measured]}


def organisations(size: int) -> int:
    """Return how many organisations there are for ``size`` people."""
    return max(1, size // 10)


def member(slug: str, email: str, first_name: str, last_name: str = "") -> Actor:
    """Add a new user as a collaborator of an account; return the actor."""
    user = User.objects.create_user(email, "une-phrase-assez-longue", first_name=first_name, last_name=last_name)
    add_member(Account.objects.get(slug=slug), user, "collaborator")
    return actor(slug, email)


def actor(slug: str, email: str) -> Actor:
    """Return the actor of a member, by e-mail address. Raises ``LookupError``."""
    found = actor_in(slug, User.objects.get(email=email).pk)
    if found is None:
        raise LookupError(email)
    return found


def receive(by: Actor, numbers: range, bodies: int, known: int = 0) -> Import:
    """Queue the import of people for the next worker: new ones, and ``known`` ones with other notes."""
    file = Path(settings.DATA) / "people.csv"
    # In its own process, so that its memory does not count towards the import's.
    words = (file, numbers.start, numbers.stop, bodies, known)
    subprocess.run([sys.executable, "-m", "bench.people", *map(str, words)], check=True)
    with inside(by.account):
        source: Import = intake.receive(by, file, "people.csv", "contacts")
        cycle.start_run(by, source, confirmed=True)
    file.unlink()
    return source


def check(by: Actor, source: Import, size: int) -> None:
    """Exit with an error unless all ``size`` people were imported."""
    with inside(by.account):
        source = Import.objects.get(pk=source.pk)
    counted = sum(source.counts.get(name, 0) for name in ("created", "updated", "unchanged"))
    if counted != size:
        raise SystemExit(f"The import ended otherwise than it should: {source.state} {source.counts} {source.error}")


def timed(act: Callable[[], object]) -> dict[str, float]:
    """Return wall and CPU seconds of ``act``, and the peak memory of this process so far (MB)."""
    database, before = Database(), loop()
    wall, cpu, server = time.perf_counter(), time.process_time(), database.cpu()
    act()
    wall, cpu, server = time.perf_counter() - wall, time.process_time() - cpu, database.cpu() - server
    return {
        "wall": wall, "cpu": cpu, "server_cpu": server, "loop": (before + loop()) / 2,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def settle() -> None:
    """Update the database's statistics, as it does by itself from time to time."""
    refresh_statistics()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    once(partial(fill, int(sys.argv[1])))
