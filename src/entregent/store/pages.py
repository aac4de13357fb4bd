"""Pages by keyset: page 1,000 costs what page 1 costs, and rows that come or go shift nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import IntegerField, Q, QuerySet, Subquery

from entregent.kernel.errors import Bad
from entregent.kernel.paging import decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: ``fields`` end in ``id``; all ascending, or all descending."""

    fields: tuple[str, ...]
    descending: bool = False

    def clauses(self, reverse: bool = False) -> list[str]:
        sign = "-" if self.descending != reverse else ""
        return [sign + name for name in self.fields]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the cursors of the pages after and before (None at the ends)."""

    rows: list[Any]
    next: str | None
    previous: str | None


def page_of(queryset: QuerySet, order: Order, cursor: str = "", size: int = 50, parts: Sequence[Q] = ()) -> Page:
    """The page that begins after (or ends before) ``cursor``; the first without one.

    ``queryset`` yields model instances or dicts holding the order's fields. ``parts``: conditions that part its
    rows (one owner's, another's), each with an index in this order: a page of each is read and the two are
    merged, where a database would sort them all. Raises ``Bad("cursor")``.
    """

    def ask(values: list, backwards: bool) -> list[list]:
        rows = in_order(queryset, order, values, backwards)
        return [list(part[: size + 1]) for part in ([rows.filter(part) for part in parts] or [rows])]

    return paged(ask, order, cursor, size)


def paged(ask: Callable[[list, bool], list[list]], order: Order, cursor: str = "", size: int = 50) -> Page:
    """The same where ``ask`` gives the rows of each part, one more than ``size``, as ``in_order`` would."""
    backwards, values = position(cursor, order)
    try:
        rows = _merged(ask(values, backwards), order, backwards, size + 1)
    except (ValidationError, ValueError, TypeError, OverflowError, DataError) as error:
        if not values:
            raise
        raise Bad("cursor") from error
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next = bool(values) if backwards else more
    has_previous = more if backwards else bool(values)
    return Page(
        rows,
        _cursor(rows[-1], order, "n") if rows and has_next else None,
        _cursor(rows[0], order, "p") if rows and has_previous else None,
    )


def in_order(queryset: QuerySet, order: Order, values: Sequence, backwards: bool) -> QuerySet:
    """``queryset`` in its order, or the other way round, and only what comes after ``values`` if there are any."""
    rows = queryset.order_by(*order.clauses(backwards))
    return rows.filter(_after(order, values, backwards)) if values else rows


def position(cursor: str, order: Order) -> tuple[bool, list]:
    """Whether the page ends before ``cursor``, and the values it begins (or ends) at; none without a cursor."""
    if not cursor:
        return False, []
    way, *values = decode_cursor(cursor)
    if way not in ("n", "p") or len(values) != len(order.fields):
        raise Bad("cursor")
    return way == "p", values


def _after(order: Order, values: Sequence, backwards: bool) -> Q:
    """Strictly after ``values``. The first, wider condition keeps the index range in both databases."""
    sign = "lt" if order.descending != backwards else "gt"
    condition = Q()
    for depth in range(len(order.fields) - 1, -1, -1):
        name, value = order.fields[depth], values[depth]
        further = Q(**{f"{name}__{sign}": value})
        condition = further | (Q(**{name: value}) & condition) if condition else further
    first = order.fields[0]
    return Q(**{f"{first}__{sign}e": values[0]}) & condition


def _merged(pages: list[list], order: Order, backwards: bool, size: int) -> list[Any]:
    """The first ``size`` rows of all parts, in their common order."""
    if len(pages) == 1:
        return pages[0]
    return sorted(
        chain.from_iterable(pages),
        key=lambda row: [_value(row, name) for name in order.fields],
        reverse=order.descending != backwards,
    )[:size]


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _cursor(row: Any, order: Order, way: str) -> str:
    return encode_cursor([way, *(_plain(_value(row, name)) for name in order.fields)])


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def capped_count(queryset: QuerySet, cap: int = 1000) -> tuple[int, bool]:
    """How many rows, counted to ``cap``, and whether there are more («1 000+»)."""
    found = queryset.order_by().values("pk")[: cap + 1].count()
    return min(found, cap), found > cap


class Counted(Subquery):
    """How many rows a query has, counted to its limit, as one value of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
