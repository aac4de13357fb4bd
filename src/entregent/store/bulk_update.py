"""Bulk updates: many rows, each with its own values, in one statement."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

Values = Sequence[tuple[Any, ...]]


def update_rows(model: type[models.Model], columns: str, rows: Values, **same: Any) -> None:
    """Update ``rows`` in one statement. Call inside a transaction that holds their locks.

    ``columns``: field attribute names separated by spaces, ``id`` first; ``rows``: values in that order (numbers,
    texts, JSON); ``same``: attribute name → a value written to all of them.
    """
    if not rows:
        return
    known = {field.attname: field for field in model._meta.concrete_fields}
    fields = [known[name] for name in columns.split()]
    constants = [known[name].get_db_prep_save(value, connection) for name, value in same.items()]
    source, parameters, given = (_arrays if connection.vendor == "postgresql" else _json)(fields, rows)
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    sets = [f"{quote(str(field.column))} = {value}" for field, value in zip(fields[1:], given[1:], strict=True)]
    sets += [f"{quote(str(known[name].column))} = %s" for name in same]
    sql = f"UPDATE {table} SET {', '.join(sets)} FROM {source} WHERE {table}.id = {given[0]}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*constants, *parameters])


def _json(fields: Sequence[models.Field], rows: Values) -> tuple[str, list, list[str]]:
    """For SQLite, pass all rows as one JSON parameter, read as a table; JSON columns stay text inside it."""
    picked = ", ".join(f"json_extract(value, '$[{index}]') AS c{index}" for index in range(len(fields)))
    kept = [
        [json.dumps(value) if isinstance(field, models.JSONField) else value for field, value in _pairs(fields, row)]
        for row in rows
    ]
    source = f"(SELECT {picked} FROM json_each(%s)) AS given"  # noqa: S608
    return source, [json.dumps(kept)], [f"given.c{index}" for index in range(len(fields))]


def _arrays(fields: Sequence[models.Field], rows: Values) -> tuple[str, list, list[str]]:
    """For PostgreSQL, pass an array per column; JSON is passed as text."""
    kinds = [field.rel_db_type(connection) or "text" for field in fields]
    carried = ["text" if kind == "jsonb" else kind for kind in kinds]
    columns = [
        [json.dumps(value) for value in column] if kind == "jsonb" else list(column)
        for kind, column in zip(kinds, zip(*rows, strict=True), strict=True)
    ]
    names = ", ".join(f"c{index}" for index in range(len(fields)))
    source = f"unnest({', '.join(f'%s::{kind}[]' for kind in carried)}) AS given({names})"
    return source, columns, [f"given.c{index}::{kind}" for index, kind in enumerate(kinds)]


def _pairs(fields: Sequence[models.Field], row: tuple[Any, ...]) -> zip:
    return zip(fields, row, strict=True)
