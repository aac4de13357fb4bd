"""`/categories`, `/functions`, `/skills`, `/families`, `/statuses`, `/tags`: the reference lists."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from ninja.decorators import decorate_view

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.items import items as actions
from entregent.directory import models
from entregent.directory.items.register import ITEM_ORDER, LISTS, hidden_ids, items, use_counts
from entregent.directory.messages import Invalid, Problem

from .idempotency import idempotent
from .listing import page
from .problems import READING, WRITING
from .schemas import Id, PageFilters, PageOut, Strict, Text

ITEM_NAMES = {
    "categories": "category",
    "functions": "function",
    "skills": "skill",
    "families": "family",
    "statuses": "status",
    "tags": "tag",
}
"""Code of a reference list → name of one item in its operations."""


class Item(Schema):
    """An item of a reference list. `service`: maintained by the operator and read-only; `hidden`: the account hides
    it from its choices; `used`: how many records (or lists) that you may see use it; each kind is counted up to
    1,000, and 1,001 means more.
    """

    id: int
    name: str
    service: bool
    hidden: bool
    used: int


class StatusItem(Item):
    """A status of contacts. `default`: given to new contacts without a status."""

    colour: str
    default: bool


class ItemList(PageOut[Item]):
    """A page of a reference list: the account's own items in their order, then the service's."""


class StatusList(PageOut[StatusItem]):
    """A page of the statuses."""


class ItemIn(Strict):
    """A new item."""

    name: Text


class ItemPatch(Strict):
    """A new name, which replaces the old one wherever it is shown."""

    name: Text


class StatusIn(ItemIn):
    """A new status. `colour`: grey, blue, green, amber, red or violet."""

    colour: Text = "grey"
    default: bool = False


class StatusPatch(Strict):
    """Changes to a status; omitted fields stay unchanged."""

    name: Text = ""
    colour: Text = ""
    default: bool = False


class ItemFilters(PageFilters):
    """The filters of a reference list."""

    q: str = Field("", max_length=150, description="Beginning of the name, regardless of case and accents.")


class Removal(Schema):
    """How to delete an item."""

    replace_by: Id | None = Field(None, description="The item that replaces it wherever it is used.")


def _find(by: Actor, code: str, pk: int) -> models.Item:
    return get_object_or_404(items(by, code), pk=pk)


def _shown(by: Actor, code: str, found: list[models.Item]) -> list[dict[str, Any]]:
    counts = use_counts(by, code, found)
    hidden = hidden_ids(code)
    return [
        {
            "id": item.pk,
            "name": item.name,
            "service": item.account_id != by.account.pk,
            "hidden": item.pk in hidden,
            "used": sum(counts.get(item.pk, {}).values()),
        }
        | ({"colour": item.colour, "default": item.is_default} if isinstance(item, models.ContactStatus) else {})
        for item in found
    ]


def _given(body: Schema) -> dict[str, Any]:
    given = body.model_dump(exclude_unset=True)
    return {"is_default" if name == "default" else name: value for name, value in given.items()}


def router_of(code: str) -> Router:
    """Return the router of one reference list."""
    router = Router(tags=[code])
    _add_reading(router, code)
    _add_writing(router, code)
    return router


def _of_statuses(code: str) -> bool:
    return LISTS[code].model is models.ContactStatus


def _add_reading(router: Router, code: str) -> None:
    out, many = (StatusItem, StatusList) if _of_statuses(code) else (Item, ItemList)

    @router.get("", response={200: many, **READING}, operation_id=f"list_{code}")
    def read_list(request: Request, asked: Query[ItemFilters]):
        """Items that are only on records that you can't see are not listed."""
        request.by.require(Can.READ_CONTACTS)
        found = items(request.by, code)
        if asked.q.strip():
            found = found.filter(key__startswith=LISTS[code].key(asked.q))
        rows, after = page(request, found, ITEM_ORDER, asked)
        return {"items": _shown(request.by, code, rows), "next": after, "count": found.count()}

    @router.get("/{id}", response={200: out, **READING}, operation_id=f"read_{ITEM_NAMES[code]}")
    def read(request: Request, id: Id):
        request.by.require(Can.READ_CONTACTS)
        return _shown(request.by, code, [_find(request.by, code, id)])[0]


def _add_writing(router: Router, code: str) -> None:
    out = StatusItem if _of_statuses(code) else Item
    body_in, body_patch = (StatusIn, StatusPatch) if _of_statuses(code) else (ItemIn, ItemPatch)
    one = ITEM_NAMES[code]

    @router.post("", response={201: out, **WRITING}, operation_id=f"add_{one}")
    @decorate_view(idempotent)
    def add(request: Request, given: body_in, response: HttpResponse):  # type: ignore[valid-type]
        item = actions.create(request.by, code, _given(given))
        response["Location"] = f"{request.path.rstrip('/')}/{item.pk}"
        return Status(201, _shown(request.by, code, [item])[0])

    @router.patch("/{id}", response={200: out, **WRITING}, operation_id=f"change_{one}")
    def change(request: Request, id: Id, given: body_patch):  # type: ignore[valid-type]
        item = actions.change(request.by, code, _find(request.by, code, id), _given(given))
        return _shown(request.by, code, [item])[0]

    @router.delete("/{id}", response={204: None, **WRITING}, operation_id=f"delete_{one}")
    def delete(request: Request, id: Id, asked: Query[Removal]):
        """An item in use can't be deleted unless `replace_by` names the item that replaces it."""
        other = None
        if asked.replace_by is not None:
            other = items(request.by, code).filter(pk=asked.replace_by).first()
            if other is None:
                raise Invalid([Problem("replace_by", "item_unknown")])
        actions.delete(request.by, code, _find(request.by, code, id), other)
        return Status(204, None)
