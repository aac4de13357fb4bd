"""The list of all records, the page that is seen most: read with prepared queries."""

from typing import Any

from django.db.models import QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.models import Party
from entregent.store.pages import Order, Page, in_order, paged
from entregent.store.prepared import prepared
from entregent.store.text_search import MOST_COUNTED, PAGE_ROWS


@prepared
def _rows(
    by: Actor,
    part: int | None,
    *values: Any,
    kind: str,
    columns: tuple[str, ...],
    order: Order,
    backwards: bool,
    limit: int,
) -> QuerySet:
    seen = Party.readable.visible_to(by).filter(kind=kind).values(*columns)
    rows = in_order(seen, order, values, backwards)
    return rows[:limit] if part is None else rows.filter(account=part)[:limit]


@prepared
def _some(by: Actor, *, kind: str, limit: int) -> QuerySet:
    return Party.readable.visible_to(by).filter(kind=kind).order_by().values("pk")[:limit]


def page_of_all(by: Actor, kind: str, columns: tuple[str, ...], order: Order, cursor: str = "") -> Page:
    """Return a page of all parties of a kind that ``by`` may see: dicts of ``columns``. Raises ``Bad("cursor")``."""

    parts = (None,) if by.account.reference_id is None else by.account_ids

    def ask(values: list, backwards: bool) -> list[list]:
        fields: Any = map(Party._meta.get_field, order.fields)
        found = [field.to_python(value) for field, value in zip(fields, values, strict=False)]
        shape = {"kind": kind, "columns": columns, "order": order, "backwards": backwards, "limit": PAGE_ROWS}
        return [_rows(by, part, *found, **shape) for part in parts]

    return paged(ask, order, cursor)


def count_all(by: Actor, kind: str) -> tuple[int, bool]:
    """Return how many they are, counted up to ``MOST_COUNTED``, and whether there are more."""
    found = _some.count(by, kind=kind, limit=MOST_COUNTED + 1)
    return min(found, MOST_COUNTED), found > MOST_COUNTED
