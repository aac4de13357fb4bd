"""`/entries`: the entries of the journal («infobox») that the user may read, newest first."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.http import Http404
from ninja import Query, Router, Schema

from entregent.accounts.actor import Actor
from entregent.accounts.request import Request
from entregent.directory.kinds import KINDS
from entregent.journal import sentences, timeline
from entregent.journal.changes import Reader
from entregent.journal.deeds import in_order
from entregent.journal.filter import Filter
from entregent.journal.models import About
from entregent.journal.timeline import Told
from entregent.store.pages import Page

from .listing import cursor_of, next_of, refuse_unknown
from .parties import find
from .problems import READING
from .schemas import Day, Id, PageFilters, PageOut

router = Router(tags=["entries"])
Deed = StrEnum("Deed", [(deed.upper(), deed.code) for deed in in_order()])  # type: ignore[misc]
"""The codes of all deeds, for the OpenAPI description."""


class Author(Schema):
    """The author; `id` is null for the program itself and for deleted users."""

    id: int | None
    name: str


class AboutOut(Schema):
    """One record that an entry is about. `changes`: field → [old, new]."""

    kind: str | None
    id: int | None
    name: str
    version: int
    changes: dict[str, list[Any]]


class EntryOut(Schema):
    """An entry of the journal. `about`: its first records; an import may have thousands."""

    id: int
    deed: str
    sentence: str
    by: Author
    door: str
    at: datetime
    note: str
    about: list[AboutOut]


class EntryList(PageOut[EntryOut]):
    """A page of the journal, without a count."""


class EntryFilters(PageFilters):
    """The filters of the journal."""

    deed: Deed | None = None
    author: Id | None = None
    since: Day | None = None
    until: Day | None = None

    def wanted(self) -> Filter:
        """Return the filter for the journal."""
        names = ("deed", "author", "since", "until")
        return Filter(*(str(value) if (value := getattr(self, name)) else "" for name in names))


def _shown(by: Actor, tolds: Sequence[Told]) -> list[dict[str, Any]]:
    reader = Reader(by, [about.changes for told in tolds for about in told.abouts])
    return [_entry(told, reader) for told in tolds]


def _entry(told: Told, reader: Reader) -> dict[str, Any]:
    entry = told.entry
    names = [about.shown_as for about in told.abouts + told.others if about.shown_as]
    return {
        "id": entry.pk,
        "deed": entry.deed,
        "sentence": sentences.words(entry, names, told.more, numbers=told.numbers),
        "by": {"id": entry.by_id, "name": entry.by_name},
        "door": entry.door,
        "at": entry.at,
        "note": entry.note,
        "about": [_about(about, reader) for about in told.abouts],
    }


def _about(about: About, reader: Reader) -> dict[str, Any]:
    return {
        "kind": KINDS[about.party.kind].one if about.party else None,
        "id": about.party_id,
        "name": about.shown_as,
        "version": about.version,
        "changes": reader.known(about.changes),
    }


def _page(request: Request, rows: Page) -> dict[str, Any]:
    return {"items": _shown(request.by, rows.rows), "next": next_of(request, rows), "count": None}


def of_party(request: Request, kind: str, pk: int, asked: EntryFilters) -> dict[str, Any]:
    """Return the journal of one record; an organisation's includes that of its people."""
    refuse_unknown(request, asked)
    party = find(request.by, kind, pk)
    cursor = cursor_of(request, asked)
    return _page(request, timeline.of_party(request.by, party, asked.wanted(), cursor, asked.limit))


@router.get("", response={200: EntryList, **READING}, operation_id="list_entries")
def list_entries(request: Request, asked: Query[EntryFilters]):
    """The journal of the account, newest first."""
    refuse_unknown(request, asked)
    cursor = cursor_of(request, asked)
    return _page(request, timeline.of_account(request.by, asked.wanted(), cursor, asked.limit))


@router.get("/{id}", response={200: EntryOut, **READING}, operation_id="read_entry")
def read_entry(request: Request, id: Id):
    """An entry of the journal, with its first records."""
    told = timeline.one(request.by, id)
    if told is None:
        raise Http404
    return _shown(request.by, [told])[0]
