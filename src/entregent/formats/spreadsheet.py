"""XLSX and ODS, checked before they are opened, read as rows of text (std C26, E19).

Small XLSX go through calamine (fast, but the sheet is held in memory as a full rectangle); big or odd
ones through openpyxl as a stream; ODS through `opendocument`, always a stream.
"""

import datetime
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from . import container, opendocument
from .cleaning import CONTROLS
from .errors import Unreadable

CALAMINE_MAX_XML = 128 * 1024 * 1024
CALAMINE_MAX_CELLS = 1_600_000
CHUNK = 4 * 1024 * 1024
MOST_MERGED = 20_000

_ERRORS = frozenset(
    {"#N/A", "#NAME?", "#DIV/0!", "#REF!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,7})[\"']")


def sheets(path: Path | str, kind: str) -> list[str]:
    """Return the names of the visible sheets of a spreadsheet ("xlsx" or "ods")."""
    container.check(path)
    if kind == "ods":
        return opendocument.sheets(path)
    with _told():
        return _visible_sheets(path)


def rows(path: Path | str, kind: str, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number in the sheet, cells as text) of each row; blank ones may be left out.

    Dates come as ISO 8601, whole numbers without ".0", text with its leading zeros, errors (#N/A) empty.

    Args:
        path: the file.
        kind: "xlsx" or "ods".
        sheet: name of the sheet, '' for the first visible one with data.

    Raises:
        Unreadable: "encrypted", "broken", "zip_bomb", "spreadsheet_too_big", "no_sheet", "empty".
    """
    sizes = container.check(path)
    if kind == "ods":
        yield from opendocument.rows(path, sheet)
        return
    big = sum(size for name, size in sizes.items() if name.startswith("xl/")) > CALAMINE_MAX_XML
    source = _streamed(path, sheet) if big or not _is_compact(path) else _loaded(path, sheet)
    for number, row in source:
        yield number, [text_of(value) for value in row]


def beginnings(path: Path | str, kind: str, names: Sequence[str], rows: int) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield (name, first rows) of sheets that are only looked at: as streams, so that big ones cost little."""
    if kind == "ods":
        for name in names:
            with suppress(Unreadable):
                yield name, [cells for _, cells in islice(opendocument.rows(path, name), rows)]
        return
    with _told():
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        for name in names:
            book[name].reset_dimensions()
            found = islice(book[name].iter_rows(values_only=True), rows)
            yield name, [[text_of(value) for value in row] for row in found]


def text_of(value: object) -> str:
    """Return one typed cell as text."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value in _ERRORS:
            return ""
        return CONTROLS.sub("", value) if CONTROLS.search(value) else value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _visible_sheets(path: Path | str) -> list[str]:
    book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
    try:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    finally:
        book.close()


def _loaded(path: Path | str, sheet: str) -> Iterator[tuple[int, Iterable[object]]]:
    with _told():
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in [sheet] if sheet else _visible_sheets(path):
            if name not in book.sheet_names:
                raise Unreadable("no_sheet", sheet=name)
            found = book.get_sheet_by_name(name)
            if found.start is not None:
                yield from _filled_down(enumerate(found.iter_rows(), 1), found.merged_cell_ranges or [])
                return
    raise Unreadable("empty")


def _filled_down(
    rows: Iterable[tuple[int, list[Any]]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[tuple[int, Iterable[object]]]:
    """Repeat the value of cells merged over several rows in each of them, as people mean it."""
    opened: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in islice(merged, MOST_MERGED):
        if bottom > top:
            opened.setdefault(top + 1, []).append((left, bottom + 1))
    held: dict[int, tuple[object, int]] = {}
    for number, row in rows:
        for column, (value, last) in list(held.items()):
            if number > last:
                del held[column]
            elif column < len(row) and row[column] in ("", None):
                row[column] = value
        for column, last in opened.get(number, ()):
            if column < len(row):
                held[column] = row[column], last
        yield number, row


def _streamed(path: Path | str, sheet: str) -> Iterator[tuple[int, Iterable[object]]]:
    with _told():
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        if sheet and sheet not in book.sheetnames:
            raise Unreadable("no_sheet", sheet=sheet)
        for worksheet in [book[sheet]] if sheet else book.worksheets:
            found = False
            worksheet.reset_dimensions()  # programs write a wrong one, and openpyxl believes it
            if sheet or worksheet.sheet_state == "visible":
                for number, row in enumerate(worksheet.iter_rows(values_only=True), 1):
                    found = found or any(value is not None for value in row)
                    yield number, [_unescaped(value) for value in row]
            if found:
                return
    raise Unreadable("empty")


def _unescaped(value: object) -> object:
    """Undo `_x0001_`, as which XLSX writes a control character (ECMA-376 §22.9.2.19); calamine does it itself."""
    if isinstance(value, str) and "_x" in value:
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return value


def _is_compact(path: Path | str) -> bool:
    """Tell whether every sheet's rectangle is small: two cells at A1 and XFD1048576 must not cost 16 GB."""
    with container.opened(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and not _is_small(archive, name):
                return False
    return True


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    columns, last_row, tail = set(), 0, b""
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            found = _REFERENCE.findall(tail + chunk)
            columns.update({letters for letters, _ in found})
            last_row = max(last_row, max((int(row) for _, row in found), default=0))
            tail = chunk[-32:]
    widest = max((_column(letters) for letters in columns), default=0)
    return widest * last_row <= CALAMINE_MAX_CELLS


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


@contextmanager
def _told() -> Iterator[None]:
    """Turn whatever the two libraries raise on a damaged file into Unreadable."""
    try:
        yield
    except (Unreadable, GeneratorExit):
        raise
    except python_calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except Exception as error:  # both raise about anything on damaged XML: KeyError, TypeError…
        raise Unreadable("broken") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how calamine's Rust code fails
            raise
        raise Unreadable("broken") from error
