"""Rows held until the transaction ends by a lock that Django has no word for.

PostgreSQL alone needs it: on SQLite who opens a transaction is the only writer until its end (IMMEDIATE).
"""

from collections.abc import Collection

from django.db import connection
from django.db.models import Model


def hold(model: type[Model], ids: Collection[int], strength: str) -> set[int]:
    """Hold the rows of these ids against other writers, in their order; the ids of those that are there.

    ``strength``: of the lock, as PostgreSQL calls it: ``KEY SHARE`` against deletion, ``SHARE`` against
    change, ``NO KEY UPDATE`` as who changes them.
    """
    if connection.vendor != "postgresql" or not ids:
        return set(ids)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR {strength}", [list(ids)])  # noqa: S608
        return {pk for (pk,) in cursor.fetchall()}
