"""Lists: `{"items", "next", "count"}`, paged by cursor; unknown filters are refused, not ignored."""

from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from entregent.accounts.request import Request
from entregent.directory.messages import Invalid, Problem
from entregent.kernel.errors import Bad
from entregent.store.pages import Order, Page, page_of

from .schemas import PageFilters

MARK = "~"
"""Stands in cursors before the mark of their list."""


def refuse_unknown(request: Request, asked: PageFilters) -> None:
    """Raise `Invalid` for parameters that the list does not have, and for those given several times.

    Ignoring either would return more records than were asked for.
    """
    unknown = [name for name in request.GET if not asked.takes(name)]
    twice = [name for name, values in request.GET.lists() if len(values) > 1 and name not in unknown]
    if unknown or twice:
        raise Invalid(
            [
                *(Problem(name, "unknown_filter") for name in unknown),
                *(Problem(name, "filter_twice") for name in twice),
            ]
        )


def page(request: Request, found: QuerySet, order: Order, asked: PageFilters) -> tuple[list[Any], str | None]:
    """Return the rows of the requested page, and the cursor of the next page."""
    refuse_unknown(request, asked)
    rows = page_of(found, order, cursor_of(request, asked), asked.limit)
    return rows.rows, next_of(request, rows)


def cursor_of(request: Request, asked: PageFilters) -> str:
    """Return the requested cursor as the store knows it. Raises ``Bad`` for one of another list, or other filters.

    It would start amid rows that its page never had, and so pass over some.
    """
    cursor, _mark, mark = asked.cursor.rpartition(MARK)
    if asked.cursor and not constant_time_compare(mark, _mark_of(request)):
        raise Bad("cursor")
    return cursor


def next_of(request: Request, rows: Page) -> str | None:
    """Return the cursor of the next page, which belongs to this list with these filters."""
    return f"{rows.next}{MARK}{_mark_of(request)}" if rows.next else None


def _mark_of(request: Request) -> str:
    asked = sorted((name, value) for name, value in request.GET.items() if name not in PageFilters.model_fields)
    return salted_hmac("list", repr([request.path, asked])).hexdigest()[:16]
