"""Frequent queries: Django compiles their SQL once, and after that only the values change.

Compiling a small query takes Django ten times as long as the database needs to answer it.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from functools import update_wrapper
from typing import Any, Self, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import get_scope, scope

MOST_SHAPES = 1000
MOST_VALUES = 60
"""The SQL for longer lists is not kept, since each length is another shape; the rows of a page are fewer."""
T = TypeVar("T")


class Whole:
    """Base class of arguments that queries take several values from, such as an owner or the actor."""

    __slots__ = ()

    def shape(self) -> tuple:
        """Return the parts that may change the SQL."""
        raise NotImplementedError

    def values(self) -> tuple[int, ...]:
        """Return the parts that are only values in the SQL."""
        raise NotImplementedError

    def standing_for(self, values: Sequence[int]) -> Self:
        """Return an object of the same shape with these values, and no other data of this one."""
        raise NotImplementedError


class Prepared:
    """A query whose compiled SQL is kept: see ``prepared``."""

    def __init__(self, make: Callable[..., QuerySet]) -> None:
        if make.__closure__:
            raise TypeError(f"{make.__qualname__} depends on more than its arguments.")
        self.make = make
        self._statements: dict[tuple, _Statement] = {}
        update_wrapper(self, make)

    def __call__(self, *values: Any, **shape: Any) -> list[Any]:
        """Return the rows for these values, as the queryset would."""
        if any(isinstance(value, list) and len(value) > MOST_VALUES for value in values):
            return list(self.make(*values, **shape))
        try:
            statement, given = self._statement(values, shape)
        except EmptyResultSet:  # the query compares with an empty list
            return []
        return statement.rows(given)

    def count(self, *values: Any, **shape: Any) -> int:
        """Return the number of rows for these values."""
        statement, given = self._statement(values, shape)
        return statement.count(given)

    def _statement(self, values: tuple, shape: dict[str, Any]) -> tuple["_Statement", list[Any]]:
        """Return the statement for this shape, compiled on first use, and the values to fill in."""
        current = get_scope()
        bounds = {name: value for name, value in current.items() if name != "_enabled"}
        if not current.get("_enabled", True):
            bounds = {}
        shapes: list[Any] = [current.get("_enabled"), *bounds, *shape.items()]
        given: list[Any] = []
        for value in (*bounds.values(), *values):
            shape_of_it, values_of_it = _apart(value)
            shapes.append(shape_of_it)
            given += values_of_it
        key = tuple(shapes)
        statement = self._statements.get(key)  # a single look-up: another thread may clear the dict
        if statement is None:
            if len(self._statements) >= MOST_SHAPES:
                self._statements.clear()
            statement = self._statements[key] = self._prepare(bounds, values, shape)
        return statement, given

    def _prepare(self, bounds: dict[str, Any], values: tuple, shape: dict[str, Any]) -> "_Statement":
        marks: list[Any] = []
        here = {name: _marked(value, marks) for name, value in bounds.items()}
        marked = [_marked(value, marks) for value in values]
        around: AbstractContextManager = scope(**here) if here else nullcontext()
        with around:
            statement = _Statement(self.make(*marked, **shape), marks)
        used = {place for place, _param in statement.params}
        if lost := [mark for mark in marked if mark in marks and marks.index(mark) not in used]:
            raise TypeError(f"{self.make.__qualname__} does not compare {len(lost)} of its values as they are.")
        return statement


def prepared(make: Callable[..., QuerySet]) -> Prepared:
    """Decorate a function that builds a queryset: compile its SQL once per shape, and return its rows as a list.

    Positional arguments are values, which change from one call to the next: ``make`` receives placeholders instead,
    and may only compare with them (``in`` if the argument is a list). Keyword arguments choose the shape: ``make``
    sees them as they are, just like None, True, False and the shape of a ``Whole``. The owner of the scope is a
    value, too. The queryset must depend on nothing else: no clock, no language, no time zone.
    """
    return Prepared(make)


class _Statement:
    """Compiled SQL with the positions of its values, and what Django needs to build rows from the result."""

    def __init__(self, queryset: QuerySet, marks: list[Any]) -> None:
        if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise TypeError("A prepared query is one query.")
        self.queryset, self.compiler = queryset, queryset.query.get_compiler(queryset.db)
        self.sql, params = self.compiler.as_sql()
        columns = [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(columns)
        places = {_plain(mark): place for place, mark in enumerate(marks)}
        self.params = [(places.get(param) if param.__hash__ else None, param) for param in params]
        if any(place is None and _is_of_the_moment(param) for place, param in self.params):
            raise TypeError("A prepared query would keep the time of its first call.")

    def rows(self, given: list[Any]) -> list[Any]:
        compiler = _twin(
            self.compiler,
            connection=connection,
            as_sql=lambda: (self.sql, self._filled(given)),
            get_converters=lambda columns: self.converters,
        )
        query = _twin(self.queryset.query, get_compiler=lambda *args, **kwargs: compiler)
        rows: Any = self.queryset._iterable_class(_twin(self.queryset, _query=query))  # type: ignore[attr-defined]
        return list(rows)

    def count(self, given: list[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({self.sql}) counted", self._filled(given))  # noqa: S608
            return cursor.fetchone()[0]

    def _filled(self, given: list[Any]) -> tuple:
        return tuple([param if place is None else _plain(given[place]) for place, param in self.params])


def _apart(value: Any) -> tuple[Any, tuple]:
    """Split an argument into its shape and its values."""
    if value is None or isinstance(value, bool):
        return value, ()
    if isinstance(value, Whole):
        return value.shape(), value.values()
    if isinstance(value, list):
        return (list, len(value)), tuple(value)
    return type(value), (value,)


def _marked(value: Any, marks: list[Any]) -> Any:
    """Return the placeholder for an argument while the SQL is compiled; add its marks to ``marks``."""
    _shape, values = _apart(value)
    start = len(marks)
    marks += [_mark(one, start + index) for index, one in enumerate(values)]
    if isinstance(value, Whole):
        return value.standing_for(marks[start:])
    if isinstance(value, list):
        return marks[start:]
    return marks[start] if values else value


def _mark(value: Any, place: int) -> Any:
    """Return a value of the same type that occurs in no query."""
    if isinstance(value, str):
        return f"\x01{place}\x01"
    if isinstance(value, datetime):
        return datetime(9000, 1, 1, tzinfo=UTC) + timedelta(place)
    if isinstance(value, date):
        return date(9000, 1, 1) + timedelta(place)
    if isinstance(value, int):
        return 2_147_000_000 + place
    raise TypeError(f"{type(value).__name__} is no value for a prepared query.")


def _is_of_the_moment(param: Any) -> bool:
    """Return whether a parameter is a date (SQLite's are texts) or the name of the current time zone."""
    text = str(param)
    return bool(re.match(r"\d{4}-\d\d-\d\d", text)) or text == timezone.get_current_timezone_name()


def _twin(thing: T, **changes: Any) -> T:
    """Copy an object shallowly, with ``changes``: Django's own clone methods cost as much as a query."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__, **changes)
    return twin


def _plain(value: Any) -> Any:
    """Convert a value for the database driver."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
