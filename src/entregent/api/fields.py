"""`/custom-fields`: the fields that the account defines for contacts and organisations."""

from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from ninja.decorators import decorate_view

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.fields import fields
from entregent.directory.kinds import BY_NAME, KINDS
from entregent.directory.models import CustomField
from entregent.store.pages import Order

from .idempotency import idempotent
from .listing import page
from .problems import READING, WRITING
from .schemas import Id, PageFilters, PageOut, Strict, Text

router = Router(tags=["custom-fields"])
IN_ORDER = Order(("rank", "id"))


class Choice(Schema):
    """A choice of a field. `retired`: no longer offered, but kept on the records that have it."""

    code: str
    label: str
    retired: bool


class CustomFieldOut(Schema):
    """A custom field. Records have its value in `custom` under `code`, which never changes."""

    id: int
    kind: Literal["contact", "organisation"]
    code: str
    label: str
    type: str
    help: str
    section: str
    required: bool
    searchable: bool
    sensitive: bool
    approved_by: str
    towards: str
    choices: list[Choice]
    retired_at: datetime | None


class CustomFieldList(PageOut[CustomFieldOut]):
    """A page of custom fields, in the order of forms."""


class CustomFieldFilters(PageFilters):
    """The filters of custom fields."""

    kind: Literal["contact", "organisation"] | None = None
    retired: bool | None = None


class ChoiceIn(Strict):
    """A choice of a field; `code` only for an existing one."""

    label: Text
    code: Text = ""
    retired: bool = False


class CustomFieldWords(Strict):
    """The settings of a custom field. `type`: text, long, number, amount, date, boolean, choice, choices, link, email
    or phone. `towards`: what the contact may do with it: invisible, visible, proposable or editable. `approved_by`:
    who approved keeping sensitive data.
    """

    type: Text = "text"
    help: Text = ""
    section: Text = ""
    required: bool = False
    searchable: bool = False
    sensitive: bool = False
    approved_by: Text = ""
    towards: Text = "invisible"
    choices: list[ChoiceIn] = Field(default_factory=list, max_length=300)


class CustomFieldIn(CustomFieldWords):
    """A new custom field."""

    kind: Literal["contact", "organisation"]
    label: Text


class CustomFieldPatch(CustomFieldWords):
    """Changes to a custom field; omitted fields stay unchanged. A choice missing from `choices` is removed, and
    `replace` (code → code) names the choice that replaces it in records. `retired`: true to retire the field, false
    to restore it.
    """

    label: Text = ""
    replace: dict[str, str] = Field(default_factory=dict, max_length=300)
    retired: bool = False


def _seen(by: Actor) -> QuerySet[CustomField]:
    """Return the fields that `by` may know of: sensitive ones only with the permission to read them (std A57)."""
    found = CustomField.objects.all()
    return found if by.may(Can.READ_SENSITIVE) else found.exclude(sensitive=True)


def _one(by: Actor, pk: int) -> CustomField:
    return get_object_or_404(_seen(by), pk=pk)


def _shown(field: CustomField) -> dict[str, Any]:
    names = set(CustomFieldOut.model_fields) - {"kind", "choices"}
    choices = [{"retired": False, **choice} for choice in field.choices if not choice.get("removed")]
    return {**{name: getattr(field, name) for name in names}, "kind": KINDS[field.kind].one, "choices": choices}


@router.get("", response={200: CustomFieldList, **READING}, operation_id="list_custom_fields")
def list_custom_fields(request: Request, asked: Query[CustomFieldFilters]):
    """The custom fields of the account, in the order of forms."""
    request.by.require(Can.READ_CONTACTS)
    found = _seen(request.by)
    if asked.kind:
        found = found.filter(kind=BY_NAME[asked.kind].letter)
    if asked.retired is not None:
        found = found.filter(retired_at__isnull=not asked.retired)
    rows, after = page(request, found, IN_ORDER, asked)
    return {"items": [_shown(field) for field in rows], "next": after, "count": found.count()}


@router.post("", response={201: CustomFieldOut, **WRITING}, operation_id="add_custom_field")
@decorate_view(idempotent)
def add_custom_field(request: Request, given: CustomFieldIn, response: HttpResponse):
    """Add a custom field, placed last in the forms."""
    words = given.model_dump(exclude_unset=True)
    field = fields.create(request.by, BY_NAME[words.pop("kind")].letter, **words)
    response["Location"] = f"{request.path.rstrip('/')}/{field.pk}"
    return Status(201, _shown(field))


@router.get("/{id}", response={200: CustomFieldOut, **READING}, operation_id="read_custom_field")
def read_custom_field(request: Request, id: Id):
    """A custom field, retired or not."""
    request.by.require(Can.READ_CONTACTS)
    return _shown(_one(request.by, id))


@router.patch("/{id}", response={200: CustomFieldOut, **WRITING}, operation_id="change_custom_field")
def change_custom_field(request: Request, id: Id, given: CustomFieldPatch):
    """Change the given settings of a custom field, retire it, or restore it."""
    by = request.by
    by.require(Can.READ_CONTACTS)
    field = _one(by, id)
    words = given.model_dump(exclude_unset=True)
    retired = words.pop("retired", None)
    with transaction.atomic():  # several actions, all or none
        if retired is False:
            field = fields.restore(by, field)
        if words:
            field = fields.change(by, field, **words)
        if retired:
            field = fields.retire(by, field)
    return _shown(field)


@router.delete("/{id}", response={204: None, **WRITING}, operation_id="retire_custom_field")
def retire_custom_field(request: Request, id: Id):
    """Retire a field. Records keep its values, which are shown again if it is restored."""
    request.by.require(Can.READ_CONTACTS)
    fields.retire(request.by, _one(request.by, id))
    return Status(204, None)
