"""XLSX for exports, the template and rejected rows: every cell is text, never a formula (std C31)."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .cleaning import CONTROLS

MAX_CELL = 32_767  # Excel's own limit
MAX_ROWS = 1_048_575  # below the header
MAX_NAME = 31

_FORBIDDEN_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class _Sheet(Worksheet):
    """A sheet that escapes where there is something to: the library looks twice, a tenth of a workbook's time."""

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        """As the library does: control characters, and texts like «_x000D_», which would stand for one."""
        if data.isprintable() and "_x" not in data:
            return data
        return Worksheet._escape_control_characters(data)


def write(
    target: Path | str | BinaryIO,
    headers: list[str],
    rows: Iterable[tuple[Iterable[str], Collection[int]]],
    *,
    sheet: str,
) -> int:
    """Write a workbook of one sheet in flat memory and return the number of rows written.

    Args:
        target: a path or a binary file open for writing.
        headers: names of the columns, frozen above the rows and filterable.
        rows: (cells as text, indexes of the cells to mark as wrong).
        sheet: name of the sheet.

    Raises:
        ValueError: more rows than a sheet holds.
    """
    name = sheet.translate(_FORBIDDEN_IN_NAME)[:MAX_NAME].strip("' ")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        worksheet = book.add_worksheet(name, _Sheet)
        title = book.add_format({"bold": True, "bg_color": "#EFE9DF", "bottom": 1, "text_wrap": True})
        wrong = book.add_format({"bg_color": "#FBE3DC", "font_color": "#8A1C0C"})
        # Text format: what is typed in the column later keeps its leading zeros too (std C26).
        text = book.add_format({"num_format": "@"})
        for column, header in enumerate(headers):
            worksheet.set_column(column, column, min(max(len(header) + 3, 12), 40), text)
        _write_row(worksheet, 0, headers, (), title, title)
        worksheet.freeze_panes(1, 0)
        number = 0
        for number, (cells, marked) in enumerate(rows, 1):
            if number > MAX_ROWS:
                raise ValueError("more rows than a sheet holds")
            _write_row(worksheet, number, cells, marked, text, wrong)
        if headers:
            worksheet.autofilter(0, 0, max(number, 1), len(headers) - 1)
    return number


def _write_row(
    worksheet: Worksheet,
    row: int,
    cells: Iterable[str],
    marked: Collection[int],
    plain: Format,
    wrong: Format,
) -> None:
    for column, cell in enumerate(cells):
        chosen = wrong if column in marked else plain
        if cell:
            text = cell if cell.isprintable() else CONTROLS.sub("", cell)
            worksheet.write_string(row, column, text[:MAX_CELL], chosen)
        elif column in marked:
            worksheet.write_blank(row, column, None, chosen)
