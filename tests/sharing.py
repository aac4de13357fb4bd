"""Which database a test needs, and which process of ``make test`` runs it.

``make test`` starts one process per database. Tests that may query the database run on each. The others run once, in
whichever process is free first:

- tests without any database fixture or mark, to which pytest-django refuses queries;
- tests marked ``alike``, whose subject does not depend on the database (colours, keys, the width of a page).

Walks in a browser and over every door take long and are much the same on both databases. They are dealt: each runs on
one of the two, on the other the next day; ``--whole`` runs all on each. Tests of pages, actions and the API, which
run on both, put the same queries to each database every day.

Tests marked ``only_on("sqlite")`` run in the process of that database alone. A ``skipif`` would not do: the other
process could claim the test, and skip it.

Anything unknown to this file runs on both. Each process goes through all tests, those for its database first, and
skips the others that another process has claimed.
"""

import os
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

DATABASE = os.environ.get("ENTREGENT_TEST_DATABASE")
"""The database of this process of ``make test``; None anywhere else, where all tests are run."""
SEED = int(os.environ.get("ENTREGENT_TEST_SEED") or date.today().toordinal())
"""What draws the samples of the day, and deals the walks."""
ASKING = {"db", "transactional_db", "live_server"}
"""The fixtures by which a test may ask the database; all others that can rest on one of them."""
SLOW = (
    *("test_kills.py", "test_every_page.py", "test_guide_pictures.py", "test_killed_worker.py"),
    *("test_earlier_runs.py", "test_queries.py", "test_run.py", "test_migrate.py", "tests/e2e/", "test_browser.py"),
    *("test_style_page.py", "test_behaviours.py"),
)
"""Files that take longest, first: they are begun first, so that no process is left alone with one at the end."""


def asks(item: pytest.Item) -> bool:
    """Whether the test may ask the database."""
    return bool(ASKING & set(getattr(item, "fixturenames", ASKING))) or bool(item.get_closest_marker("django_db"))


def on_each(item: pytest.Item) -> bool:
    """Whether the test runs on each database."""
    return asks(item) and not item.get_closest_marker("alike")


def is_walk(item: pytest.Item) -> bool:
    """Whether the test walks in a browser or over every door, and asks the database."""
    in_browser = "page" in getattr(item, "fixturenames", ())
    return on_each(item) and (in_browser or "/laws/" in item.nodeid) and not item.get_closest_marker("only_on")


def deal(walks: list[pytest.Item]) -> set[str]:
    """The ids of those that are dealt to the other database today: every second one."""
    other = ["sqlite", "postgresql"].index(DATABASE or "") + 1
    return {item.nodeid for place, item in enumerate(walks) if (place + SEED + other) % 2}


def elsewhere(item: pytest.Item, database: str) -> bool:
    """Whether the test is of another database than this one."""
    mark = item.get_closest_marker("only_on")
    return mark is not None and mark.args != (database,)


def _turn(item: pytest.Item) -> int:
    slow = next((place for place, word in enumerate(SLOW, 1) if word in item.nodeid), len(SLOW) + 1)
    return 0 if on_each(item) else slow


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is of another database; put last what is shared out, when this process has done its own."""
    items[:] = [item for item in items if not elsewhere(item, DATABASE or connection.vendor)]
    if DATABASE:
        if "ENTREGENT_TEST_POSTGRESQL_URL" in os.environ and not config.getoption("--whole"):
            left = deal([item for item in items if is_walk(item)])
            items[:] = [item for item in items if item.nodeid not in left]
        items.sort(key=_turn)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Leave out a test that another process has claimed."""
    if not DATABASE or on_each(item) or _claim(item):
        return None
    item.session._setupstate.teardown_exact(nextitem)  # as the runner does at the end of each test
    return True


def _claim(item: pytest.Item) -> bool:
    """Claim a test for this process; False when another was faster."""
    folder: Path = item.config._tmp_path_factory.getbasetemp().parent  # type: ignore[attr-defined]  # of this run
    try:
        (folder / f"claimed-{sha256(item.nodeid.encode()).hexdigest()}").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> None:
    """Refuse the database to a test that asks for it on the way, when it was taken for one that does not."""
    if fixturedef.argname in ASKING and not asks(request._pyfuncitem):
        pytest.fail(f"{fixturedef.argname}: name it among the fixtures, by which tests are shared out", pytrace=False)
