"""Fixtures of every test: the people of cast.py, the browser of browser.py, the SMTP server of mailbox.py."""

import os

import pytest
from hypothesis import settings

from entregent.accounts.prepared import Prepared

# How long an example takes says more about the machine than about the code.
settings.register_profile("entregent", deadline=None)
settings.load_profile("entregent")

pytest_plugins = ["tests.cast", "tests.browser", "tests.mailbox"]

# Playwright's synchronous API runs an event loop in the main thread, where Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def _prepared_queries_are_what_the_orm_would_ask(monkeypatch):
    """Whatever a test asks, each prepared query is held against the queryset that it was made from."""
    prepare = Prepared._statement

    def checked(self, values, shape):
        statement, given = prepare(self, values, shape)
        sql, params = self.make(*values, **shape).query.sql_with_params()
        assert (statement.sql, statement._filled(given)) == (sql, tuple(params))
        return statement, given

    monkeypatch.setattr(Prepared, "_statement", checked)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shots", action="store_true", help="also renew the screenshots of docs/guide/images")


def pytest_report_header() -> str:
    return f"database: {os.environ.get('ENTREGENT_TEST_DATABASE') or 'ENTREGENT_DATABASE_URL, else SQLite'}"
