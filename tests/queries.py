"""Count queries: pages must not ask more because there are more rows."""

from collections.abc import Callable

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext


def queries(run: Callable[[], object]) -> list[str]:
    """The SQL that ``run`` sends."""
    with CaptureQueriesContext(connection) as captured:
        run()
    return [query["sql"] for query in captured.captured_queries]


def plans(run: Callable[[], object]) -> list[str]:
    """The database's plan of each query that ``run`` sends, with its values bound as they are sent.

    PostgreSQL reads a small table whole, whatever indexes it has: it is told to take one where one serves. SQLite
    forgets its statistics first, which tell how few rows a test has.
    """
    sent: list[tuple[str, object]] = []

    def note(execute, sql, params, many, context):
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        run()
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in ("ANALYZE", "DELETE FROM sqlite_stat1", "ANALYZE sqlite_schema"):
                cursor.execute(statement)
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        for sql, params in sent:
            if sql.startswith("SELECT"):
                cursor.execute(f"{explain} {sql}", params)
                found.append("\n".join(str(step[-1]) for step in cursor.fetchall()))
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = on")
            cursor.execute("SET LOCAL enable_bitmapscan = on")
    return found


def assert_flat(run: Callable[[], object], grow: Callable[[], object]) -> None:
    """Assert that ``run`` asks no more queries after ``grow`` has added rows."""
    run()  # caches that live longer than a request (content types, templates) are filled first
    few = queries(run)
    grow()
    many = queries(run)
    extra = "\n".join(many[len(few) :])
    assert len(many) <= len(few), f"{len(few)} queries became {len(many)}:\n{extra}"
