"""Lists: `{"items", "next", "count"}`, paged by cursor; unknown filters are refused, not ignored."""

from typing import Any

from django.db.models import QuerySet

from entregent.accounts.request import Request
from entregent.directory.messages import Invalid, Problem
from entregent.store.pages import Order, page_of

from .schemas import PageFilters


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
    rows = page_of(found, order, asked.cursor, asked.limit)
    return rows.rows, rows.next
