"""Measures the import into a filled base: `python -m bench.importing FILE`, in its own process, on a copy.

Half of the rows are new people, half are known; three in four of these get notes.
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
    imported = {"work": "import, filled base", "rows": 2 * half} | took
    target.write_text(json.dumps({"imports": [imported]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
