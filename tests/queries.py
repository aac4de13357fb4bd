"""Count queries: pages must not ask more because there are more rows."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(run: Callable[[], object]) -> list[str]:
    """The SQL that ``run`` sends."""
    with CaptureQueriesContext(connection) as captured:
        run()
    return [query["sql"] for query in captured.captured_queries]


def assert_flat(run: Callable[[], object], grow: Callable[[], object]) -> None:
    """Assert that ``run`` asks no more queries after ``grow`` has added rows."""
    run()  # caches that live longer than a request (content types, templates) are filled first
    few = queries(run)
    grow()
    many = queries(run)
    extra = "\n".join(many[len(few) :])
    assert len(many) <= len(few), f"{len(few)} queries became {len(many)}:\n{extra}"
