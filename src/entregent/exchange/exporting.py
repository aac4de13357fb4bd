"""Out: what is selected, as far as one may see it, in a file that streams; each export is told (std C31, C32)."""

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.scope import inside
from entregent.actions.frame import act
from entregent.directory.fields.custom import exported
from entregent.directory.models import CustomField
from entregent.directory.parties.cards import Card
from entregent.directory.parties.extracts import Extract, Place, extracts
from entregent.directory.parties.extracts import columns as extract_columns
from entregent.directory.selections.selections import Selection
from entregent.formats import csv_out, xlsx_out
from entregent.kernel.phones import format_phone
from entregent.store.pages import page_of

from .custom_columns import cells as custom_cells
from .deeds import EXPORTED
from .export_rows import CellWriter, columns
from .fields import CONTACTS, ORGANISATIONS
from .vcard import writing as vcard_out

STEP = 2000
PIECE = 64 * 1024
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written, and for whom. ``count`` records, as they were when it was told."""

    by: Actor
    selection: Selection
    format: str
    count: int
    progress: Progress
    custom: tuple[CustomField, ...] = ()
    """The account's own fields that become columns."""

    @property
    def kind(self) -> str:
        return CONTACTS if self.selection.kind == "p" else ORGANISATIONS

    @property
    def filename(self) -> str:
        return f"{self.kind}-{self.by.account.slug}.{self.format}"


def begin(by: Actor, selection: Selection, format: str, progress: Progress = lambda count: None) -> Export:
    """Tell the journal who exports what and how many, and return what ``FORMATS`` writes.

    Raises ``PermissionDenied``, and ``KeyError`` for a format that isn't one.
    """
    FORMATS[format]
    with act(by, EXPORTED, Can.EXPORT) as telling:
        count = selection.parties(by).count()
        export = Export(by, selection, format, count, progress, tuple(exported(by, selection.kind)))
        telling.say(filename=export.filename, count=count, format=format, selection=selection.params())
    return export


def pieces(export: Export) -> Iterator[bytes]:
    """The file, piece by piece. Memory stays flat whatever its size."""
    return FORMATS[export.format].write(export)


def _steps(export: Export, *more: str) -> Iterator[list[Extract]]:
    """The records, two thousand at a time; the account is entered for each step, since a response streams
    when the request's own scope has ended. ``more``: columns of a party besides the usual ones."""
    by, selection, order = export.by, export.selection, export.selection.order
    wanted = dict.fromkeys((*extract_columns(selection.kind), *order.fields, *more))
    cursor: str | None = ""
    while cursor is not None:
        with inside(by.account):
            page = page_of(selection.parties(by).values(*wanted), order, cursor, STEP, selection.parts(by))
            cursor = page.next
            step = extracts(by, page.rows)
        yield step
        export.progress(len(step))


def _rows(export: Export, codes: list[str]) -> Iterator[list[str]]:
    language, custom = export.by.language, export.custom
    with translation.override(language):
        writer = CellWriter(codes, language)
    for step in _steps(export, *(("custom",) if custom else ())):
        rows = [writer.cells(card, place) for card, place in step]
        if custom:
            with translation.override(language):
                rows = [row + custom_cells(card, custom) for row, (card, _place) in zip(rows, step, strict=True)]
        yield from rows


def _columns(export: Export) -> tuple[list[str], list[str]]:
    """The usual columns' codes, and the labels of all: the account's own come last."""
    codes, labels = columns(export.kind)
    return codes, [*labels, *(field.label for field in export.custom)]


def _csv(export: Export) -> Iterator[bytes]:
    with translation.override(export.by.language):
        codes, labels = _columns(export)
    return csv_out.write(labels, _rows(export, codes), ";" if export.by.language == "fr" else ",")


def _xlsx(export: Export) -> Iterator[bytes]:
    """A workbook can only be sent once it is whole; it waits on disk."""
    with translation.override(export.by.language):
        codes, labels = _columns(export)
        sheet = _("Contacts") if export.kind == CONTACTS else _("Organisations")
    with tempfile.TemporaryFile() as file:
        xlsx_out.write(file, labels, ((row, ()) for row in _rows(export, codes)), sheet=sheet)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _vcf(export: Export) -> Iterator[bytes]:
    return vcard_out.write(_card(card, place) for step in _steps(export, "extra") for card, place in step)


_BARE = re.compile(r"[+\d\s().-]+|\d\d(?:/\d\d){4}")


def _international(phone: dict[str, str]) -> dict[str, str]:
    """A phone as the world dials it: the telephone that reads the card may be abroad. As typed where it has no such
    form, and where an extension or a note comes with the number."""
    abroad = phone["key"][:1] == "+" and _BARE.fullmatch(phone["value"])
    return {"value": format_phone(phone["key"], "") if abroad else phone["value"], "label": phone["label"]}


def _card(card: Card, place: Place | None) -> Card:
    held = [{"organisation_name": place.organisation, "function": place.function}] if place else []
    phones = [_international(phone) for phone in card["phones"]]
    return card | {"phones": phones, "positions": held, "extra": card["extra"].get("vcard", [])}


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that comes out."""

    media_type: str
    write: Callable[[Export], Iterator[bytes]]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", _csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "vcf": Format("text/vcard; charset=utf-8", _vcf),
}
