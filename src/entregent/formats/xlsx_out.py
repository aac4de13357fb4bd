"""XLSX for exports, the template and rejected rows: every cell is text, never a formula (std C31)."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from .cleaning import CONTROLS

MAX_CELL = 32_767  # Excel's own limit
MAX_ROWS = 1_048_575  # below the header
MAX_NAME = 31

_FORBIDDEN_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class _Sheet(Worksheet):
    """A sheet that writes rows of texts at once: cell by cell, as the library does, takes four times as long."""

    def write_texts(
        self, row: int, cells: Sequence[str], marked: Collection[int], plain: Format, wrong: Format
    ) -> None:
        """Write ``cells`` as text in the style ``plain``, those whose index is ``marked`` in the style ``wrong``."""
        self._write_single_row(row)  # finishes the row before, in the library's way
        number, style = row + 1, plain._get_xf_index()
        if not marked and _ordinary(cells):
            columns = [column for column, cell in enumerate(cells) if cell]
            end = f'{number}" s="{style}" t="inlineStr"><is><t>'
            begins = _begins(len(cells))
            drawn = [f"{begins[column]}{end}{cells[column]}</t></is></c>" for column in columns]
        else:
            columns = [column for column, cell in enumerate(cells) if cell or column in marked]
            styles = [wrong._get_xf_index() if column in marked else style for column in columns]
            drawn = [
                self._cell(column, number, of_cell, cells[column])
                for column, of_cell in zip(columns, styles, strict=True)
            ]
        if drawn:
            self.fh.write(f'<row r="{number}">{"".join(drawn)}</row>')
            for column in (columns[0], columns[-1]):
                self._check_dimensions(row, column)

    def _cell(self, column: int, number: int, style: int, cell: str) -> str:
        begin = f'<c r="{_letters(column)}{number}" s="{style}"'
        if not cell:
            return f"{begin}/>"
        text = cell[:MAX_CELL]
        if not text.isprintable() or "_x" in text:  # «_x000D_» would stand for a sign
            text = self._escape_control_characters(CONTROLS.sub("", text))
        text = _escaped(text)
        kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
        return f'{begin} t="inlineStr"><is><t{kept}>{text}</t></is></c>'


_SPECIAL = ("&", "<", ">", "_x", "| ", " |")


def _ordinary(cells: Sequence[str]) -> bool:
    """Whether a row's texts can be written as they are: asked of all at once, since nearly all rows are so."""
    text = f"|{'|'.join(cells)}|"
    return len(text) < MAX_CELL and text.isprintable() and not any([special in text for special in _SPECIAL])


@cache
def _begins(count: int) -> list[str]:
    """Return how the first cells of a row begin, up to the row's number."""
    return [f'<c r="{_letters(column)}' for column in range(count)]


@cache
def _letters(column: int) -> str:
    return xl_col_to_name(column)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write(
    target: Path | str | BinaryIO,
    headers: list[str],
    rows: Iterable[tuple[Sequence[str], Collection[int]]],
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
        worksheet.write_texts(0, headers, (), title, title)
        worksheet.freeze_panes(1, 0)
        number = 0
        for number, (cells, marked) in enumerate(rows, 1):
            if number > MAX_ROWS:
                raise ValueError("more rows than a sheet holds")
            worksheet.write_texts(number, cells, marked, text, wrong)
        if headers:
            worksheet.autofilter(0, 0, max(number, 1), len(headers) - 1)
    return number
