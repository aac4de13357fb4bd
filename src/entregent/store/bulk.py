"""Bulk inserts at the speed of the database: an import writes eight rows per record.

Django's ``bulk_create`` spends most of its time on model instances; here rows are plain tuples. Ids are
reserved first, so that rows that refer to each other can be built before any is written. SQLite: multi-row
INSERTs (a trigger fires once a statement, not once a row). PostgreSQL: COPY.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection, models


class Rows:
    """Rows of one table waiting to be inserted.

    ``columns`` are field attribute names (``owner_id``, not ``owner``), in the order of each row's values.
    """

    def __init__(self, model: type[models.Model], columns: str) -> None:
        self.model = model
        known = {field.attname: field for field in model._meta.concrete_fields}
        self.fields = [known[name] for name in columns.split()]
        self.rows: list[tuple] = []

    def add(self, *values: Any) -> None:
        """Add a row; its values are in the order of ``columns``."""
        self.rows.append(values)

    def insert(self) -> None:
        """Insert the pending rows, in the current transaction."""
        if not self.rows:
            return
        rows, self.rows = self._adapted(), []
        quote = connection.ops.quote_name
        names = ", ".join(quote(str(field.column)) for field in self.fields)
        table = f"{quote(self.model._meta.db_table)} ({names})"
        if connection.vendor == "postgresql":
            _copy(table, rows)
        else:
            _insert_many(table, len(self.fields), rows)

    def _adapted(self) -> list[Sequence[Any]]:
        """Convert the rows for the driver, column by column: three times as fast as value by value."""
        columns: list[Sequence[Any]] = list(zip(*self.rows, strict=True))
        for index, field in enumerate(self.fields):
            if adapt := _adapter(field):
                columns[index] = [adapt(value) for value in columns[index]]
        return list(zip(*columns, strict=True))


def _adapter(field: models.Field) -> Callable[[Any], Any] | None:
    """Return the function that converts a field's values for the driver; None if they need no conversion.

    Does the work of ``Field.get_db_prep_save``, but looks at field and database once instead of for each value.
    """
    if isinstance(field, models.JSONField):
        return _as_json
    if connection.vendor == "sqlite" and isinstance(field, models.DateTimeField):
        return lru_cache(maxsize=8)(connection.ops.adapt_datetimefield_value)  # the time of the change recurs
    if connection.vendor == "sqlite" and isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None


def _as_json(value: Any) -> str | None:
    if not value and isinstance(value, dict):  # the usual case: most records have no custom fields
        return "{}"
    return None if value is None else _encode(value)


_encode = json.JSONEncoder().encode


def _copy(table: str, rows: Sequence[Sequence[Any]]) -> None:
    with connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _insert_many(table: str, columns: int, rows: Sequence[Sequence[Any]]) -> None:
    one = f"({', '.join(['?'] * columns)})"
    with connection.cursor() as cursor:
        raw: sqlite3.Cursor = cursor.cursor
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        step = max(1, min(500, limit // columns))
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            sql = f"INSERT INTO {table} VALUES {', '.join([one] * len(part))}"  # noqa: S608
            values = list(chain.from_iterable(part))
            with connection.wrap_database_errors:
                sqlite3.Cursor.execute(raw, sql, values)


def reserve_ids(model: type[models.Model], count: int) -> range | list[int]:
    """Return ``count`` unused ids of the model's table, for this transaction to use. Call inside ``atomic``."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # The write lock is held from the start of the transaction (IMMEDIATE), so no one else can take these ids.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
        return range(last + 1, last + 1 + count)
