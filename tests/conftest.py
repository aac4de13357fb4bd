"""The fixtures of all tests: cast.py, files.py, browser.py, and the SMTP server of mailbox.py."""

import os
import re

import pytest
from django.utils.translation import get_language
from django_scopes import get_scope
from hypothesis import settings

from entregent.store.prepared import Prepared

# How long an example takes says more about the machine than about the code.
settings.register_profile("entregent", deadline=None)
settings.register_profile("whole", deadline=None, max_examples=1000)

pytest_plugins = [
    "tests.sharing",
    "tests.database",
    "tests.sampling",
    "tests.cast",
    "tests.files",
    "tests.browser",
    "tests.mailbox",
]

# Playwright's synchronous API runs an event loop in the main thread, where Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


DATABASE = os.environ.get("ENTREGENT_TEST_DATABASE")
HELD: set[tuple] = set()
"""What was asked, and held against the ORM: of which query, in which file of tests, in which language."""


@pytest.fixture(autouse=True)
def _prepared_queries_are_what_the_orm_would_ask(monkeypatch, request):
    """Whatever the tests ask, each prepared query is held against the queryset that it was made from.

    Once for all questions that differ by a number alone (ids): in each file of tests on SQLite, in all of them on
    PostgreSQL. The ORM takes a tenth of all tests otherwise.
    """
    prepare = Prepared._statement
    place = "" if DATABASE == "postgresql" else request.path

    def checked(self, values, shape):
        statement, given = prepare(self, values, shape)
        asked = re.sub(r"\d+", "0", repr((get_scope(), values, shape)))
        held = self, asked, place, get_language()
        if held not in HELD:
            sql, params = self.make(*values, **shape).query.sql_with_params()
            assert (statement.sql, statement._filled(given)) == (sql, tuple(params))
            HELD.add(held)
        return statement, given

    monkeypatch.setattr(Prepared, "_statement", checked)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shots", action="store_true", help="also renew the screenshots of docs/guide/images")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("whole" if config.getoption("--whole") else "entregent")


def pytest_report_header() -> str:
    return f"database: {DATABASE or 'ENTREGENT_DATABASE_URL, else SQLite'}"
