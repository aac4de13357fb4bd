"""A sync of the shared directory: `python -m bench.sync [ROWS] [CHANGES]`, in the data folder of the environment.

The directory is filled once with ROWS people in 2,000 organisations; then a complete file of all of them comes, in
which CHANGES differ. Printed as JSON: seconds to compare, to apply and to take back, and the most memory used (MB).
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from entregent.accounts import jobs  # noqa: E402
from entregent.accounts.actor import Actor, actor_in  # noqa: E402
from entregent.accounts.models import Job, User  # noqa: E402
from entregent.accounts.opening import add_member, open_reference  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.directory.models import Party  # noqa: E402
from entregent.exchange.models import Sync  # noqa: E402
from entregent.exchange.reference import syncing  # noqa: E402

TOWNS = 2000
OPERATOR = "service@bench.example"


def operator() -> Actor:
    """The shared directory's administrator, made if need be."""
    account = open_reference("Service")
    user = User.objects.filter(email=OPERATOR).first() or User.objects.create_user(OPERATOR)
    add_member(account, user, "administrator")
    by = actor_in(account.slug, user.pk)
    if by is None:
        raise LookupError(OPERATOR)
    return by


def towns() -> Iterator[str]:
    """Rows of organisations."""
    yield "Code;Nom;Email;Ville;Code postal"
    yield from (f"M{n};Mairie {n};m{n}@x.example;Ville {n};{1000 + n:05}" for n in range(TOWNS))


def people(count: int, changes: int) -> Iterator[str]:
    """Rows of people, ``changes`` of them with another first name or another town than the first time."""
    yield "Code;Nom;Prénom;Email;Téléphone;Code organisme;Fonction"
    every = count // changes if changes else count + 1
    turn = int(time.time())
    for n in range(count):
        first, town = f"Prénom{n % 300}", n % TOWNS
        if changes and n % every == 0:
            first, town = (f"Neuf{turn}", town) if n // every % 2 else (first, (town + turn) % TOWNS)
        phone = f"04 65 71 {n % 100:02} {n // 100 % 100:02}"
        yield f"P{n};Nom{n % 5000};{first};p{n}@x.example;{phone};M{town};{'Conseiller' if n % 5 else 'Maire'}"


def timed(start: Callable[[], Job | None]) -> float:
    """Seconds that the worker takes for a job."""
    began = time.perf_counter()
    start()
    jobs.run_pending()
    return time.perf_counter() - began


def bring(by: Actor, rows: Iterator[str], kind: str, complete: bool = False) -> dict[str, object]:
    """One file, compared and applied."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)
        file.flush()
        sync = syncing.receive(by, Path(file.name), "banc.csv", kind)
    compared = timed(lambda: syncing.start_check(by, sync, complete))
    sync.refresh_from_db()
    applied = timed(lambda: syncing.start_run(by, sync, confirmed=True))
    sync.refresh_from_db()
    if sync.state != Sync.State.DONE:
        raise RuntimeError(f"{sync.state}: {sync.error}")
    return {"sync": sync.pk, "compared": compared, "applied": applied, "counts": sync.counts}


def main() -> None:
    """Fill, bring a newer file, take it back."""
    count, changes = (int(word) for word in (*sys.argv[1:3], *("100000", "5000")[len(sys.argv[1:3]) :]))
    call_command("migrate", verbosity=0)
    jobs.settle_down()
    by = operator()
    with inside(by.account):
        if Party.objects.filter(kind="p").count() < count:
            bring(by, towns(), "organisations")
            bring(by, people(count, 0), "contacts")
        told = bring(by, people(count, changes), "contacts", complete=True)
        sync = Sync.objects.get(pk=told["sync"])
        told["taken_back"] = timed(lambda: syncing.start_undo(by, sync))
    told["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(told))


if __name__ == "__main__":
    main()
