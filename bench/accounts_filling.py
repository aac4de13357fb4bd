"""Fills a database with several accounts: `python -m bench.accounts_filling SIZE`.

One of SIZE people, and a hundred of a hundredth of that each; every account has its own organisations, tags and
journal, five entries for each contact. Does nothing if the database is already filled.
"""

import os
import sys
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from bench import crowd, histories  # noqa: E402
from bench.filling import EMAIL, SLUG, member, once, organisations  # noqa: E402
from entregent.accounts.opening import open_account  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402

SMALL = 100
"""The number of small accounts; each has as many people as the large one divided by it."""
ENTRIES_A_CONTACT = 5


def small(number: int) -> tuple[str, str]:
    """Return the slug of a small account, and the e-mail address of its member."""
    return f"petit-{number}", f"membre-{number}@mesure.example"


def fill(size: int) -> dict[str, int]:
    """Fill all accounts; return how many there are, and the number of entries."""
    part = size // SMALL
    entries = _fill(SLUG, EMAIL, range(size))
    for number in range(SMALL):
        start = size + number * part
        entries += _fill(*small(number), range(start, start + part))
    return {"accounts": 1 + SMALL, "small": part, "entries": entries}


def _fill(slug: str, email: str, numbers: range) -> int:
    by = member(open_account(slug, slug.capitalize()).slug, email, "Bruno", "Lefèvre")
    crowd.add(by, numbers, organisations(len(numbers)))
    with inside(by.account):
        return histories.give(by, ENTRIES_A_CONTACT * len(numbers))


if __name__ == "__main__":
    once(partial(fill, int(sys.argv[1])))
