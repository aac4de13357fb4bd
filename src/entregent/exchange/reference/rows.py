"""Read the rows of a sync's file: the record's identifier, a patch, and a position."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from entregent.directory.fields.register import BY_NAME, columns
from entregent.directory.parties.cards import Card, by_name, card_of
from entregent.exchange.fields import BY_CODE, IGNORE, NOTE
from entregent.exchange.messages import ROW_FAILED, kept
from entregent.exchange.models import Reject
from entregent.exchange.rows import reader_of
from entregent.formats import apart, table
from entregent.formats.errors import Unreadable
from entregent.formats.marked import Marked
from entregent.kernel.dates import parse_date, parse_known
from entregent.kernel.errors import Bad
from entregent.kernel.text import clean_line, fold, name_key

from .models import Sync, SyncChange

log = logging.getLogger(__name__)
_PLACE = frozenset({"organisation", "organisation_code", "function", "since", "until"})
_OURS_TO_SAY = frozenset({"status", "mail_refused", "assigned_to", "visibility", "code"})
"""Targets that a sync ignores: each account's own values, and the identifier."""
_KEYS: dict[str, tuple[str, ...]] = {
    **{column.code: (field.name,) for field, column in columns()},
    **dict.fromkeys(("address_block", "postal_city"), ("addresses",)),
    "middle_name": ("first_name",),
    "whole_name": ("last_name", "first_name"),
    NOTE: ("notes",),
}
"""A column's target → the card's keys that it sets, if not its own name."""
_IDENTIFIERS = frozenset(
    "code|id|identifiant|identifiant sert a comparer|identifiant externe|identifiant unique|external id|identifier|"
    "ref|reference|cle|key|matricule|numero|id externe|uid|code externe".split("|")
)
"""Folded headers of identifier columns, most of which an import of people ignores."""
Told = dict[str, Any]


@dataclass(slots=True)
class Place:
    """A person's position in a row: ``organisation`` is a code, or a folded name if no column has codes."""

    organisation: str
    function: str
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class SyncRow:
    """A row: ``patch`` has all the file's values of the record, empty ones included.

    ``place``: None means no position; only used if the file ``places`` people.
    """

    line: int
    code: str
    patch: Card
    place: Place | None = None
    problems: list[Told] = field(default_factory=list)


class Reader:
    """Reads the rows of one sync by its mapping."""

    def __init__(self, sync: Sync) -> None:
        self.sync, self.mapping = sync, list(sync.mapping)
        inner = [IGNORE if _of_place(target) else target for target in self.mapping]
        constants = {name: value for name, value in sync.constants.items() if name not in _PLACE}
        self.reader = reader_of(sync, inner, constants, {})
        given = {target for target in inner if target != IGNORE} | set(constants)
        keys = {key for target in given for key in _KEYS.get(target, (target,))}
        self.keys = keys - _OURS_TO_SAY
        self.by_code = "organisation_code" in self.mapping
        self.places = gives_places(sync)

    def rows(self) -> Iterator[SyncRow | None]:
        """Yield every row of the file, and None as ``apart.each``. Raises ``Unreadable``."""
        for found in apart.each(table.read, self.sync.file, self.sync.read_as):
            if found is None:
                yield None
                continue
            line, row = found
            if isinstance(row, Marked) and row.fatal:
                # Whom it names can't be read: they would seem to be missing from the file.
                raise Unreadable("broken_quote", line=line)
            try:
                yield self.read(line, row)
            except Exception:
                log.exception("sync %s: line %s can't be read", self.sync.pk, line)
                yield SyncRow(line, self._code(row), Card(), problems=[kept("", ROW_FAILED)])

    def read(self, line: int, row: Sequence[str]) -> SyncRow:
        """Read one row."""
        card, problems = self.reader.read(row)
        told = [kept(found.target, found.code, **found.params) for found in problems if found.fatal]
        keys = self.keys | ({"notes"} & set(card)) | ({"civility"} & set(card))
        patch = card_of({key: by_name(card).get(key, _empty(key)) for key in keys})
        for email in patch.get("emails") or ():
            email["shared"] = True  # people are told apart by their identifier, so they may share a mailbox
        found = SyncRow(line, self._code(row), patch, problems=told)
        if not found.code:
            told.append(kept("code", "sync_no_code"))
        if self.places:
            found.place = self._place(row, told)
        return found

    def _code(self, row: Sequence[str]) -> str:
        try:
            return clean_line(self._cell(row, "code"), 60)
        except Bad:
            return ""

    def _place(self, row: Sequence[str], told: list[Told]) -> Place | None:
        column = "organisation_code" if self.by_code else "organisation"
        organisation = self._cell(row, column)
        if not organisation:
            if self._cell(row, "function") or self._cell(row, "organisation"):
                told.append(kept(column, "required"))  # an unreadable organisation must not be taken for none
            return None
        function = self._cell(row, "function") or self.sync.constants.get("function", "")
        place = Place(organisation if self.by_code else name_key(organisation, ""), " ".join(function.split())[:150])
        for name in ("since", "until"):
            if text := self._cell(row, name):
                try:
                    setattr(place, name, parse_known(parse_date(text, self.sync.date_order)))
                except Bad as bad:
                    told.append(kept(name, bad.code, **bad.params))
        if place.since and place.until and place.since > place.until:
            told.append(kept("until", "dates_order"))
        return place

    def _cell(self, row: Sequence[str], target: str) -> str:
        if target not in self.mapping:
            return ""
        index = self.mapping.index(target)
        return row[index].strip() if index < len(row) else ""


def _of_place(target: str) -> bool:
    """Whether a column is about the organisation or the position, which are read separately."""
    return target in _PLACE or target.startswith("organisation_")


def map_identifier(sync: Sync) -> None:
    """If no column is the identifier, map the first one with a suitable header (unsaved)."""
    if "code" in sync.mapping:
        return
    named = [
        index
        for index, (header, target) in enumerate(zip(sync.headers, sync.mapping, strict=True))
        if target in (IGNORE, "uid") and fold(header) in _IDENTIFIERS
    ]
    if named:
        sync.mapping[named[0]] = "code"


def gives_places(sync: Sync) -> bool:
    """Whether the file gives people's positions: it has a column that names the organisation."""
    return sync.kind == "contacts" and not {"organisation", "organisation_code"}.isdisjoint(sync.mapping)


def passed_over(sync: Sync) -> list[str]:
    """Return the headers of mapped columns that a sync ignores, to tell the user."""
    kept = {"code"} | (_PLACE if gives_places(sync) else frozenset())
    lost = [target not in kept and (_of_place(target) or target in _OURS_TO_SAY) for target in sync.mapping]
    named = zip(sync.headers, sync.mapping, lost, strict=True)
    return [header or str(BY_CODE[target].label) for header, target, passed in named if passed]


def rejected(sync: Sync) -> Iterator[Reject]:
    """Return the rows to mend with their cells and problems; without a worker, with the identifier alone."""
    before = [""] * (sync.mapping.index("code") if "code" in sync.mapping else 0)
    found = to_mend(sync).order_by("line").iterator(chunk_size=500)  # asked within the account: read while it streams
    return (
        Reject(line=change.line, cells=change.cells or [*before, change.code], problems=change.problems)
        for change in found
    )


def to_mend(sync: Sync) -> QuerySet[SyncChange]:
    """Return the changes of the rows that were rejected, or could not be applied."""
    refused = Q(deed=SyncChange.Deed.REJECTED) | Q(state=SyncChange.State.REFUSED)
    return SyncChange.objects.filter(refused, sync=sync, line__gt=0)


def cells_to_mend(sync: Sync) -> Iterator[SyncChange | None]:
    """Yield the rows to mend that have no cells yet with their cells, unsaved, and None as ``apart.each``.

    A worker asks for them: the web process opens no file. Ends early if the file can no longer be read.
    """
    lacking = dict(to_mend(sync).filter(cells=[]).values_list("line", "pk"))
    if not lacking:
        return
    with suppress(Unreadable):
        for found in apart.each(table.read, sync.file, sync.read_as):
            if found is None:
                yield None
            elif pk := lacking.pop(found[0], None):
                yield SyncChange(pk=pk, cells=list(found[1]))
            if not lacking:
                return


def _empty(key: str) -> Any:
    return BY_NAME[key].type.blank() if key in BY_NAME else ""
