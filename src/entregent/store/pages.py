"""Keyset pagination: page 1,000 is as fast as page 1, and added or deleted rows do not shift the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import IntegerField, Q, QuerySet, Subquery

from entregent.kernel.errors import Bad

MOST_READ = 1000
"""Rows read at once to refill a page."""
ROUNDS = 5
"""How often rows are read for one page, at most: after that it is shown short."""


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: ``fields`` end with ``id``; all ascending, or all descending."""

    fields: tuple[str, ...]
    descending: bool = False

    def clauses(self, reverse: bool = False) -> list[str]:
        """Return the arguments of ``order_by``, reversed if ``reverse``."""
        sign = "-" if self.descending != reverse else ""
        return [sign + name for name in self.fields]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the cursors of the next and previous pages (None at the ends)."""

    rows: list[Any]
    next: str | None
    previous: str | None


def page_of(queryset: QuerySet, order: Order, cursor: str = "", size: int = 50, parts: Sequence[Q] = ()) -> Page:
    """Return the page after (or before) ``cursor``, ``size`` rows at most; the first page if it is empty.

    ``queryset`` yields model instances or dicts holding the order's fields. ``parts``: conditions that split its
    rows (by owner, say), each served by an index in this order: one page of each is read and merged, where a
    database would sort all the rows. Raises ``Bad("cursor")``.
    """

    def ask(values: list, backwards: bool) -> list[list]:
        rows = in_order(queryset, order, values, backwards)
        return [list(part[: size + 1]) for part in ([rows.filter(part) for part in parts] or [rows])]

    return paged(ask, order, cursor, size)


def paged(ask: Callable[[list, bool], list[list]], order: Order, cursor: str = "", size: int = 50) -> Page:
    """Return the page after (or before) ``cursor`` of rows fetched by ``ask``. Raises ``Bad("cursor")``.

    ``ask(values, backwards)`` returns a list of rows for each part, up to ``size`` + 1 of them, filtered and sorted
    as ``in_order`` does.
    """
    backwards, values = position(cursor, order)
    rows = _merged(ask(values, backwards), order, backwards, size + 1)
    more, rows = len(rows) > size, rows[:size]
    return _between(rows, rows[0] if values and rows else None, rows[-1] if more else None, order, backwards)


def sifted(
    ask: Callable[[list, bool, int], list[list]],
    sift: Callable[[list], list],
    order: Order,
    cursor: str = "",
    size: int = 50,
    first: int = 0,
) -> Page:
    """Return the page after (or before) ``cursor`` of the rows that ``sift`` keeps. Raises ``Bad("cursor")``.

    For conditions that are dear in a query and cheap for the rows of a page. ``ask(values, backwards, limit)``
    returns up to ``limit`` rows of each part; ``first``: how many are read at first, ``size`` + 1 by default. If
    ``sift`` drops many, more are read, ``ROUNDS`` times at most. Then the page is short, perhaps empty, and the next
    one goes on where the reading ended: a page costs no more because more rows are dropped.
    """
    backwards, values = position(cursor, order)
    kept: list[Any] = []
    near, far, limit = None, None, first or size + 1
    for turn in range(ROUNDS):
        after = [_value(far, name) for name in order.fields] if far else values
        rows = _merged(ask(after, backwards, limit), order, backwards, limit)
        ended = len(rows) < limit
        if turn == ROUNDS - 1 and not ended:
            rows = rows[:-1]  # left for the next page, which so is never without rows to read
        kept += sift(rows)
        near, far = near or (rows[0] if rows else None), None if ended else rows[-1]
        if ended or len(kept) > size:
            break
        limit = min(4 * limit, MOST_READ)
    if len(kept) > size:
        kept = kept[:size]
        far = kept[-1]
    near = (kept[0] if kept else near) if values else None
    return _between(kept, near, far, order, backwards)


def _between(rows: list[Any], near: Any, far: Any, order: Order, backwards: bool) -> Page:
    """Return the page of ``rows``, sorted as they were read: others are before ``near`` and after ``far``, if set."""
    if backwards:
        rows, near, far = rows[::-1], far, near
    return Page(rows, cursor_at(far, order) if far else None, cursor_at(near, order, "p") if near else None)


def in_order(queryset: QuerySet, order: Order, values: Sequence, backwards: bool) -> QuerySet:
    """Sort ``queryset`` by ``order``, reversed if ``backwards``; keep only rows after ``values``, if given."""
    rows = queryset.order_by(*order.clauses(backwards))
    return rows.filter(_after(order, values, backwards)) if values else rows


def position(cursor: str, order: Order) -> tuple[bool, list]:
    """Return whether the page ends before ``cursor``, and its sort values ([] if empty). Raises ``Bad("cursor")``."""
    if not cursor:
        return False, []
    try:
        way, *values = _signer(order).unsign_object(cursor)
    except BadSignature as error:
        raise Bad("cursor") from error
    return way == "p", values


def _signer(order: Order) -> Signer:
    """Return what signs the cursors of one order: no other value than a row of it had reaches the database."""
    return Signer(salt=f"cursor:{','.join(order.clauses())}", sep=".")


def _after(order: Order, values: Sequence, backwards: bool) -> Q:
    """Return the condition "strictly after ``values``".

    It starts with a redundant, wider condition, which makes both databases use the index as a range.
    """
    sign = "lt" if order.descending != backwards else "gt"
    condition = Q()
    for depth in range(len(order.fields) - 1, -1, -1):
        name, value = order.fields[depth], values[depth]
        further = Q(**{f"{name}__{sign}": value})
        condition = further | (Q(**{name: value}) & condition) if condition else further
    first = order.fields[0]
    return Q(**{f"{first}__{sign}e": values[0]}) & condition


def _merged(pages: list[list], order: Order, backwards: bool, size: int) -> list[Any]:
    """Merge the rows of all parts in their common order and return the first ``size``."""
    if len(pages) == 1:
        return pages[0]
    return sorted(
        chain.from_iterable(pages),
        key=lambda row: [_value(row, name) for name in order.fields],
        reverse=order.descending != backwards,
    )[:size]


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def cursor_at(row: Any, order: Order, way: str = "n") -> str:
    """Return the cursor of the page after ``row``, or with ``way="p"`` before it."""
    values = [_plain(_value(row, name)) for name in order.fields]
    return _signer(order).sign_object([way, *values], compress=True)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def capped_count(queryset: QuerySet, cap: int = 1000) -> tuple[int, bool]:
    """Count the rows up to ``cap``; return the count and whether there are more («1 000+»)."""
    found = queryset.order_by().values("pk")[: cap + 1].count()
    return min(found, cap), found > cap


class Counted(Subquery):
    """A query's number of rows, up to its limit, as a column of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
