"""`/positions`: positions of contacts in organisations, visible if both the contact and the organisation are."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from ninja.decorators import decorate_view

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.positions import positions
from entregent.directory import models
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.directory.positions.places import seen_places
from entregent.store.pages import Order, capped_count

from .idempotency import idempotent
from .listing import page
from .parties import MOST_COUNTED
from .problems import READING, WRITING
from .schemas import Day, Id, PageFilters, PageOut, Strict, Text

router = Router(tags=["positions"])
BY_ID = Order(("id",))


class Position(Schema):
    """A position of a contact in an organisation."""

    id: int
    contact: int
    organisation: int
    function: str
    since: date | None
    until: date | None
    main: bool
    email: str
    phone: str


class PositionFields(Strict):
    """The fields of a position. Dates are ISO 8601; `main`: whether lists show this one."""

    function: Text | None = None
    since: Day | None = None
    until: Day | None = None
    main: bool = False
    email: Text | None = None
    phone: Text | None = None


class PositionIn(PositionFields):
    """A new position."""

    contact: Id
    organisation: Id


class PositionPatch(PositionFields):
    """Changes to a position; omitted fields stay unchanged, null empties a field."""


class PositionList(PageOut[Position]):
    """A page of positions."""


class PositionFilters(PageFilters):
    """The filters of positions. `current`: whether they are held today."""

    contact: Id | None = None
    organisation: Id | None = None
    current: bool | None = None


def _find(by: Actor, pk: int) -> models.Position:
    return get_object_or_404(seen_places(by).select_related("contact", "organisation"), pk=pk)


def _shown(place: models.Position) -> dict[str, Any]:
    fields = ("id", "function", "since", "until", "main", "email", "phone")
    return {name: getattr(place, name) for name in fields} | {
        "contact": place.contact_id,
        "organisation": place.organisation_id,
    }


def _given(body: Schema) -> dict[str, Any]:
    """Return the given fields as the actions expect them: strings, with dates in ISO format."""
    given = body.model_dump(exclude_unset=True, mode="json")
    return {name: "" if value is None else value for name, value in given.items()}


@router.get("", response={200: PositionList, **READING}, operation_id="list_positions")
def list_positions(request: Request, asked: Query[PositionFilters]):
    """Positions whose contact and organisation the user may see."""
    request.by.require(Can.READ_CONTACTS)
    found = seen_places(request.by)
    if asked.contact:
        found = found.filter(contact=asked.contact)
    if asked.organisation:
        found = found.filter(organisation=asked.organisation)
    if asked.current is not None:
        holds = Q(until=None) | Q(until__gt=timezone.localdate())
        found = found.filter(holds if asked.current else ~holds)
    rows, after = page(request, found, BY_ID, asked)
    count, more = capped_count(found, MOST_COUNTED)
    return {"items": [_shown(row) for row in rows], "next": after, "count": None if more else count}


@router.post("", response={201: Position, **WRITING}, operation_id="add_position")
@decorate_view(idempotent)
def add_position(request: Request, given: PositionIn, response: HttpResponse):
    """Add a position of a contact in an organisation."""
    by = request.by
    by.require(Can.WRITE_CONTACTS)
    contact = Party.readable.visible_to(by).with_id(given.contact).filter(kind="p").first()
    if contact is None:
        raise Invalid([Problem("contact", "contact_unknown")])
    place = positions.attach(by, contact, _given(given))
    response["Location"] = f"{request.path.rstrip('/')}/{place.pk}"
    return Status(201, _shown(place))


@router.get("/{id}", response={200: Position, **READING}, operation_id="read_position")
def read_position(request: Request, id: Id):
    """A position of a contact in an organisation."""
    request.by.require(Can.READ_CONTACTS)
    return _shown(_find(request.by, id))


@router.patch("/{id}", response={200: Position, **WRITING}, operation_id="change_position")
def change_position(request: Request, id: Id, given: PositionPatch):
    """Change the given fields of a position; its contact and organisation can't change."""
    return _shown(positions.change(request.by, _find(request.by, id), _given(given)))


@router.delete("/{id}", response={204: None, **WRITING}, operation_id="delete_position")
def delete_position(request: Request, id: Id):
    """Delete a position, not its contact or organisation."""
    positions.delete(request.by, _find(request.by, id))
    return Status(204, None)
