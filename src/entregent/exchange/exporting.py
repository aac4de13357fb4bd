"""Export the selected records that the user may see, as a stream, with a journal entry (std C31, C32)."""

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.scope import inside
from entregent.actions.frame import act
from entregent.directory.fields.custom import exported
from entregent.directory.kinds import KINDS
from entregent.directory.models import CustomField, Party
from entregent.directory.parties.extracts import Extract, Place, extracts
from entregent.directory.parties.extracts import columns as extract_columns
from entregent.directory.selections.selections import Selection
from entregent.formats import csv_out, xlsx_out
from entregent.kernel.phones import format_phone
from entregent.store.pages import page_of

from .custom_columns import cells as custom_cells
from .deeds import EXPORTED
from .export_rows import CellWriter, columns
from .fields import CONTACTS
from .vcard import writing as vcard_out

STEP = 2000
FOUND_AT_ONCE = 10_000
"""How many records one query finds: searching and sorting again for each step costs as much as reading it."""
PIECE = 64 * 1024
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Export:
    """An export. ``count``: the number of records when it was recorded in the journal."""

    by: Actor
    selection: Selection
    format: str
    count: int
    progress: Progress
    custom: tuple[CustomField, ...] = ()
    """The custom fields to export."""

    @property
    def kind(self) -> str:
        """The exported kind: "contacts" or "organisations"."""
        return KINDS[self.selection.kind].many

    @property
    def filename(self) -> str:
        """The name of the file."""
        return f"{self.kind}-{self.by.account.slug}.{FORMATS[self.format].extension}"


def begin(by: Actor, selection: Selection, format: str, progress: Progress = lambda count: None) -> Export:
    """Record an export in the journal, and return it for ``pieces``. ``format``: a key of ``FORMATS``.

    Raises ``PermissionDenied``, and ``KeyError`` for an unknown format.
    """
    FORMATS[format]
    with act(by, EXPORTED, Can.EXPORT) as telling:
        count = selection.parties(by).count()
        export = Export(by, selection, format, count, progress, tuple(exported(by.account, selection.kind)))
        telling.say(filename=export.filename, count=count, format=format, selection=selection.params())
    return export


def pieces(export: Export) -> Iterator[bytes]:
    """Yield the file in pieces. Memory use does not depend on its size."""
    return FORMATS[export.format].write(export)


def _steps(export: Export, *more: str) -> Iterator[list[Extract]]:
    """Yield the records, two thousand at a time. ``more``: additional columns of ``Party``.

    Enters the account's scope for each step, since a response streams after the request's scope has ended."""
    by, wanted = export.by, dict.fromkeys((*extract_columns(export.selection.kind), *more))
    for ids in _found(export):
        with inside(by.account, by.language):
            seen = Party.readable.visible_to(by).filter(pk__among=ids).order_by()
            rows = {row["id"]: row for row in seen.values(*wanted)}
            step = extracts(by, [rows[pk] for pk in ids if pk in rows])
        yield step
        export.progress(len(step))


def _found(export: Export) -> Iterator[list[int]]:
    """Yield the ids of the records in order, by steps."""
    by, selection, order = export.by, export.selection, export.selection.order
    columns = dict.fromkeys(("id", *order.fields))
    cursor: str | None = ""
    while cursor is not None:
        with inside(by.account, by.language):
            found = selection.parties(by).values(*columns)
            page = page_of(found, order, cursor, FOUND_AT_ONCE, selection.parts(by))
        cursor, ids = page.next, [row["id"] for row in page.rows]
        for start in range(0, len(ids), STEP):
            yield ids[start : start + STEP]


def _rows(export: Export, codes: list[str]) -> Iterator[list[str]]:
    language, custom = export.by.language, export.custom
    with translation.override(language):
        writer = CellWriter(codes, language)
    for step in _steps(export, *(("custom",) if custom else ())):
        with translation.override(language):
            rows = [writer.cells(card, place) + custom_cells(card, custom) for card, place in step]
        yield from rows


def _columns(export: Export) -> tuple[list[str], list[str]]:
    """Return the codes of the built-in columns, and the labels of all columns, custom fields last."""
    with translation.override(export.by.language):
        codes, labels = columns(export.kind)
    return codes, [*labels, *(field.label for field in export.custom)]


def _csv(export: Export) -> Iterator[bytes]:
    codes, labels = _columns(export)
    return csv_out.write(labels, _rows(export, codes), ";" if export.by.language == "fr" else ",")


def _xlsx(export: Export) -> Iterator[bytes]:
    """Yield a workbook, from disk: it can only be sent when it is complete."""
    codes, labels = _columns(export)
    with translation.override(export.by.language):
        sheet = _("Contacts") if export.kind == CONTACTS else _("Organisations")
    with tempfile.TemporaryFile() as file:
        xlsx_out.write(file, labels, ((row, ()) for row in _rows(export, codes)), sheet=sheet)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _vcf(export: Export, version: str = "3.0") -> Iterator[bytes]:
    cards = (_card(card, place) for step in _steps(export, "extra") for card, place in step)
    return vcard_out.write(cards, version)


_BARE = re.compile(r"[+\d\s().-]+|\d\d(?:/\d\d){4}")


def _international(phone: dict[str, str]) -> dict[str, str]:
    """Return a phone with its number in international form, since the card may be read abroad.

    As typed if it has no international form, or contains an extension or a note."""
    abroad = phone["key"][:1] == "+" and _BARE.fullmatch(phone["value"])
    return {"value": format_phone(phone["key"], "") if abroad else phone["value"], "label": phone["label"]}


def _card(card: dict[str, Any], place: Place | None) -> dict[str, Any]:
    held = [{"organisation_name": place.organisation, "function": place.function}] if place else []
    phones = [_international(phone) for phone in card["phones"]]
    return card | {"phones": phones, "positions": held, "extra": card["extra"].get("vcard", [])}


@dataclass(frozen=True, slots=True)
class Format:
    """A file format for exports."""

    extension: str
    media_type: str
    write: Callable[[Export], Iterator[bytes]]


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8", _csv),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "vcf": Format("vcf", "text/vcard; charset=utf-8", _vcf),
    "vcf4": Format("vcf", "text/vcard; charset=utf-8", partial(_vcf, version="4.0")),
}
