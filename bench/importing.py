"""Measures the import into a filled base, and its undoing: `python -m bench.importing FILE`, in its own process.

Half of the rows are new people, half are known; three in four of these get notes. Undone, the base is as before.
"""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from bench.filling import EMAIL, SLUG, actor, check, receive, timed  # noqa: E402
from entregent.accounts import jobs  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.directory.models import Party  # noqa: E402
from entregent.exchange.models import Import  # noqa: E402
from entregent.runs import cycle  # noqa: E402

NEW_FROM = 5_000_000
"""People with these numbers and higher are in no base."""
ROWS = 20_000
"""Import a fifth of the contacts' number, and at most this many rows."""


def main(target: Path) -> None:
    by = actor(SLUG, EMAIL)
    filled = json.loads((Path(settings.DATA) / "filled.json").read_text())
    jobs.settle_down()
    with inside(by.account):
        contacts = Party.objects.filter(kind="p").count()
    half = min(contacts // 5, ROWS) // 2
    source = receive(by, range(NEW_FROM, NEW_FROM + half), filled["bodies"], half)
    took = timed(jobs.run_pending)
    check(by, source, 2 * half)
    with inside(by.account):
        cycle.start_undo(by, Import.objects.get(pk=source.pk))
    undone = timed(jobs.run_pending)
    with inside(by.account):
        left = Party.objects.filter(kind="p", binned_at=None).count()
    if left != contacts:
        raise SystemExit(f"{contacts} contacts were there, {left} are left after undoing the import.")
    works = (("import, filled base", took), ("the same, undone", undone))
    target.write_text(json.dumps({"imports": [{"work": work, "rows": 2 * half} | one for work, one in works]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
