"""Pairs kept as JSON, ``[[1, …], [2, …]]``, as both databases read them."""

from django.db import connection, models
from django.db.models.expressions import RawSQL


def first_of_each(model: type[models.Model], column: str, parent: str, pk: int) -> RawSQL:
    """Return a subquery for the first number of each pair in ``column``, of all rows whose ``parent`` has this id."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    pairs, owner = quote(column), quote(f"{parent}_id")
    each = "SELECT json_extract(pair.value, '$[0]') FROM {} held, json_each(held.{}) pair"
    if connection.vendor == "postgresql":
        each = "SELECT (pair.value->>0)::bigint FROM {} held, jsonb_array_elements(held.{}) pair"
    return RawSQL(f"{each.format(quote(table), pairs)} WHERE held.{owner} = %s", (pk,))  # noqa: S611
