"""`/lists`: lists of contacts and organisations, and their members. For whole records: `/contacts?list=12`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.bulk.jobs import AT_ONCE
from entregent.actions.lists import lists as actions
from entregent.actions.lists import members as list_members
from entregent.directory.kinds import KINDS
from entregent.directory.lists.lists import ORDER, counts, list_key, members, ordered, search_of
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactList, ListMember, Party
from entregent.directory.selections.stored import shown_to
from entregent.store.pages import Order, page_of

from .idempotency import idempotent
from .listing import cursor_of, next_of, page, refuse_unknown
from .parties import chosen_of
from .problems import CHANGING, READING, WRITING
from .schemas import Id, PageFilters, PageOut, Strict, Text, Version

router = Router(tags=["lists"])
BY_ID = Order(("id",))
Search = dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=2000)]]


class ListIn(Strict):
    """A new list. `category`: an id, or a name.

    `search`, for a dynamic list: filters of `/contacts` (with `kind`: p) or of `/organisations` (with `kind`: o).
    """

    name: Text
    category: Id | Text
    kind: Literal["static", "dynamic"] = "static"
    search: Search = {}
    description: Text = ""
    reach: Literal["all", "teams", "me"] = "all"
    teams: list[Id] = Field(default_factory=list, max_length=200)


class ListPatch(Strict):
    """Changes to a list. `version`: the version that was read; `archived`: true to archive it, false to undo that."""

    name: Text = ""
    category: Id | Text = ""
    search: Search = {}
    description: Text = ""
    reach: Literal["all", "teams", "me"] = "all"
    teams: list[Id] = Field(default_factory=list, max_length=200)
    archived: bool = False
    version: Version | None = None


class ListOut(Schema):
    """A list. `count`: how many of its members you may see; null above 10,000 for a dynamic list.

    `search`: a condition on a field that you may not see is `custom.*`; sent back, the search stays as it is.
    """

    id: int
    name: str
    category: int
    category_name: str
    kind: str
    search: dict[str, str]
    description: str
    reach: str
    teams: list[int]
    archived: bool
    count: int | None
    created_at: datetime
    updated_at: datetime
    version: int


class ListList(PageOut[ListOut]):
    """A page of lists, ordered by category and name."""


class ListFilters(PageFilters):
    """The filters of lists."""

    q: str = Field("", max_length=150, description="Part of the name, regardless of case and accents.")
    category: Id | None = None
    archived: bool = False


class MemberOut(Schema):
    """A member of a list; `joined_at` and `added_by` (a user's id) only in a static list."""

    id: int
    kind: str
    name: str
    joined_at: datetime | None
    added_by: int | None


class MemberList(PageOut[MemberOut]):
    """A page of members, ordered by id."""


class MembersIn(Strict):
    """The ids of records to add to a list, or to remove from it."""

    contacts: list[Id] = Field(default_factory=list, max_length=AT_ONCE)
    organisations: list[Id] = Field(default_factory=list, max_length=AT_ONCE)


class MembersOut(Schema):
    """The ids of the records that were added or removed, and how many needed no change."""

    contacts: list[int]
    organisations: list[int]
    same: int


def _find(by: Actor, pk: int) -> ContactList:
    return get_object_or_404(seen_lists(by).select_related("category"), pk=pk)


def _shown(by: Actor, found: list[ContactList]) -> list[dict[str, Any]]:
    numbers = counts(by, found)
    return [
        {
            "category": each.category_id,
            "category_name": each.category.name,
            "teams": sorted(one.team_id for one in each.teams.all()),
            "archived": each.archived_at is not None,
            "search": shown_to(by, each.search),
            "count": None if numbers[each.pk][1] else numbers[each.pk][0],
            **{
                name: getattr(each, name)
                for name in (
                    "id", "name", "kind", "description", "reach", "created_at", "updated_at", "version",
                )
            },
        }
        for each in found
    ]  # fmt: skip


@router.get("", response={200: ListList, **READING}, operation_id="list_lists")
def list_lists(request: Request, asked: Query[ListFilters]):
    """The lists that the user may see."""
    request.by.require(Can.READ_CONTACTS)
    found = seen_lists(request.by).filter(archived_at__isnull=not asked.archived)
    if asked.category:
        found = found.filter(category=asked.category)
    for word in list_key(asked.q).split() if asked.q else ():
        found = found.filter(key__contains=word)
    rows, after = page(request, ordered(found).prefetch_related("teams"), ORDER, asked)
    return {"items": _shown(request.by, rows), "next": after, "count": found.count()}


@router.post("", response={201: ListOut, **CHANGING}, operation_id="add_list")
@decorate_view(idempotent)
def add_list(request: Request, given: ListIn, response: HttpResponse):
    """Add a static or dynamic list."""
    made = actions.create(request.by, given.model_dump())
    response["Location"] = f"{request.path.rstrip('/')}/{made.pk}"
    return Status(201, _shown(request.by, [made])[0])


@router.get("/{id}", response={200: ListOut, **READING}, operation_id="read_list")
def read_list(request: Request, id: Id):
    """A list, with the number of its members that the user may see."""
    request.by.require(Can.READ_CONTACTS)
    return _shown(request.by, [_find(request.by, id)])[0]


@router.patch("/{id}", response={200: ListOut, **CHANGING}, operation_id="change_list")
def change_list(request: Request, id: Id, given: ListPatch):
    """Change the given settings of a list, archive it, or take it out of the archive."""
    by = request.by
    by.require(Can.WRITE_LISTS)
    found = _find(by, id)
    data = given.model_dump(exclude_unset=True, exclude={"version", "archived"})
    with transaction.atomic():  # two actions, both or neither
        if data or given.version is not None:
            actions.change(by, found, data, given.version)
        if "archived" in given.model_fields_set:
            (actions.archive if given.archived else actions.unarchive)(by, [found])
    return _shown(by, [_find(by, id)])[0]


@router.delete("/{id}", response={204: None, **WRITING}, operation_id="delete_list")
def delete_list(request: Request, id: Id):
    """Delete a list. Its members are kept."""
    request.by.require(Can.WRITE_LISTS)
    actions.delete(request.by, [_find(request.by, id)])
    return Status(204, None)


@router.get("/{id}/members", response={200: MemberList, **READING}, operation_id="list_members")
def list_list_members(request: Request, id: Id, asked: Query[PageFilters]):
    """The members of a list that the user may see."""
    by = request.by
    by.require(Can.READ_CONTACTS)
    refuse_unknown(request, asked)
    found = _find(by, id)
    if found.is_dynamic and (problems := search_of(by, found).problems_for(by)):
        raise Invalid(list(problems))
    listed = page_of(members(by, found).values("id", "kind", "name"), BY_ID, cursor_of(request, asked), asked.limit)
    rows = ListMember.objects.filter(list=found, party__in=[row["id"] for row in listed.rows])
    joined = {row.party_id: row for row in rows}
    items = [
        row | {"kind": KINDS[row["kind"]].one, "joined_at": getattr(joined.get(row["id"]), "joined_at", None),
               "added_by": getattr(joined.get(row["id"]), "added_by_id", None)}
        for row in listed.rows
    ]  # fmt: skip
    number, more = counts(by, [found])[found.pk]
    return {"items": items, "next": next_of(request, listed), "count": None if more else number}


@router.post("/{id}/members", response={200: MembersOut, **CHANGING}, operation_id="add_members")
@decorate_view(idempotent)
def add_members(request: Request, id: Id, given: MembersIn):
    """Add records to a static list."""
    request.by.require(Can.WRITE_LISTS)
    found = _find(request.by, id)
    return list_members.add(request.by, found, chosen_of(Party.readable.visible_to(request.by), given)).data()


@router.post("/{id}/members/remove", response={200: MembersOut, **CHANGING}, operation_id="remove_members")
@decorate_view(idempotent)
def remove_members(request: Request, id: Id, given: MembersIn):
    """Remove records from a static list."""
    request.by.require(Can.WRITE_LISTS)
    found = _find(request.by, id)
    return list_members.remove(request.by, found, chosen_of(Party.readable.visible_to(request.by), given)).data()
