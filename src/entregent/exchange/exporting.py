"""Out: what is selected, as far as one may see it, in a file that streams; each export is told (std C31, C32)."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.scope import inside
from entregent.actions.frame import act
from entregent.directory.custom import exported
from entregent.directory.models import CustomField, Party, Position
from entregent.directory.pages import page_of
from entregent.directory.places import visible_places
from entregent.directory.reading import Record, records
from entregent.directory.selections import Selection
from entregent.journal.deeds import Deed
from entregent.kernel.errors import Bad
from entregent.kernel.phones import format_phone, parse_phone

from .custom_columns import cells as custom_cells
from .export_rows import cells, columns
from .fields import CONTACTS, ORGANISATIONS
from .formats import csv_out, vcard_out, xlsx_out

STEP = 1000
UNREAD = (
    *("created_at", "updated_at", "last_action_at", "tag_names", "search_text"),
    *("sort_name", "sort_organisation", "sort_city", "name_key"),
)
"""Columns of a party that no file has: reading them would cost a tenth of an export."""
PIECE = 64 * 1024
Seen = tuple[Record, Position | None]
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
    with act(by, Deed.EXPORTED, Can.EXPORT) as telling:
        count = selection.parties(by).count()
        export = Export(by, selection, format, count, progress, tuple(exported(by, selection.kind)))
        telling.say(filename=export.filename, count=count, format=format, selection=selection.params())
    return export


def pieces(export: Export) -> Iterator[bytes]:
    """The file, piece by piece. Memory stays flat whatever its size."""
    return FORMATS[export.format].write(export)


def _steps(export: Export) -> Iterator[list[Seen]]:
    """The records, a thousand at a time; the account is entered for each step, since a response streams
    when the request's own scope has ended."""
    by, order = export.by, export.selection.order
    unread = [name for name in UNREAD if name not in order.fields]
    cursor: str | None = ""
    while cursor is not None:
        with inside(by.account):
            parties = export.selection.parties(by).defer(*unread)
            page = page_of(parties, order, cursor, STEP, export.selection.parts(by))
            found = records(page.rows)
            places = visible_places(by, found.values())
        yield [(found[party.pk], places.get(party.pk)) for party in page.rows]
        export.progress(len(page.rows))
        cursor = page.next


def _rows(export: Export, codes: list[str]) -> Iterator[list[str]]:
    language = export.by.language
    for step in _steps(export):
        with translation.override(language):
            rows = [
                cells(record, place, codes, language) + custom_cells(record, export.custom) for record, place in step
            ]
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
    country = export.by.account.country
    return vcard_out.write(_card(record, place, country) for step in _steps(export) for record, place in step)


def _international(number: str, country: str) -> str:
    """A phone as the world dials it: the telephone that reads the card may be abroad. As typed where it has none."""
    try:
        phone = parse_phone(number, country)
    except Bad:
        return number
    return format_phone(phone.e164, "") if phone.e164 and not (phone.extension or phone.note) else number


def _card(record: Record, place: Position | None, country: str) -> dict:
    party: Party = record.party
    held = [{"organisation_name": place.organisation.name, "function": place.function}] if place else []
    phones = [item | {"value": _international(item["value"], country)} for item in record.card["phones"]]
    kept = {"kind": party.kind, "positions": held, "extra": party.extra.get("vcard", [])}
    return record.card | {"phones": phones} | kept


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
