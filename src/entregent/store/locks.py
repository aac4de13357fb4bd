"""Row locks that Django does not offer, held until the end of the transaction.

Only PostgreSQL needs them: on SQLite, whoever opens a transaction is the only writer until its end (IMMEDIATE).
"""

from collections.abc import Collection

from django.db import connection
from django.db.models import Model


def hold(model: type[Model], ids: Collection[int], strength: str) -> set[int]:
    """Lock the rows with these ids against other writers, in id order; return the ids that exist.

    ``strength``: PostgreSQL's name of the lock: ``KEY SHARE`` prevents deletion, ``SHARE`` prevents changes,
    ``NO KEY UPDATE`` is for changing the rows. On SQLite, returns all ``ids`` without a query.
    """
    if connection.vendor != "postgresql" or not ids:
        return set(ids)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR {strength}", [list(ids)])  # noqa: S608
        return {pk for (pk,) in cursor.fetchall()}
