"""Any tabular file through one door: its header, a few rows to look at, all its rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from . import csv, delimited, oddities, spreadsheet
from .cleaning import restore
from .errors import Unreadable
from .marked import Marked
from .sniff import Format

MAX_COLUMNS = 500
"""Columns of a table; cells further right are left out, and that is told."""
MAX_CELLS = 200_000_000
MAX_HEADER = 200
"""Signs of a column's name; what is longer is cut."""
CELLS_BEYOND = "cells_beyond"


@dataclass(frozen=True, slots=True)
class Look:
    """The beginning of a table: enough to guess its columns and to show before anything is written.

    Attributes:
        format: how it is read, preamble and header found.
        headers: one name per column ('' when the file names none).
        rows: (line number, cells) of the first rows.
        sheets: the visible sheets of a spreadsheet.
        remarks: what rows can't show (see `oddities`): code → how many.
        above: the row right above the header, if there is one: it may name groups of columns.
    """

    format: Format
    headers: list[str]
    rows: list[tuple[int, list[str]]]
    sheets: list[str] = field(default_factory=list)
    remarks: dict[str, int] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)


def look(path: Path | str, format: Format, rows: int = 20, *, find_header: bool = False) -> Look:
    """Return the Look of a table.

    Args:
        path: the file.
        format: what `sniff.recognise` said, or what the user made of it.
        rows: how many rows to show.
        find_header: set preamble and has_header anew (done for spreadsheets, which `recognise` doesn't open).

    Raises:
        Unreadable: as the readers, and "no_rows" when there is not one row below the header.
    """
    sheets: list[str] = []
    remarks: dict[str, int] = {}
    if format.kind != "csv":
        sheets = spreadsheet.sheets(path, format.kind)
        format = replace(format, sheet=format.sheet or oddities.best_sheet(path, format.kind))
        remarks = oddities.remarks(path, format.kind, format.sheet)
        if find_header:
            found = list(islice(spreadsheet.rows(path, format.kind, format.sheet), delimited.SAMPLE_ROWS))
            first, has_header = delimited.find_header([cells for _, cells in found])
            format = replace(format, preamble=found[first][0] - 1, has_header=has_header)
    shown = list(islice(read(path, format), rows))
    if not shown:
        raise Unreadable("no_rows")
    width = max(len(cells) for _, cells in shown)
    return Look(format, headers(path, format, width), shown, sheets, remarks, above(path, format))


def headers(path: Path | str, format: Format, width: int) -> list[str]:
    """Return the names of the columns, '' for each of `width` columns when the file names none."""
    if not format.has_header:
        return [""] * width
    first: tuple[int, list[str]] = next(_below(path, format, format.preamble), (0, []))
    named = [" ".join(name[: 2 * MAX_HEADER].split())[:MAX_HEADER] for name in first[1]]
    while named and not named[-1] and len(named) > width:
        named.pop()
    return named + [""] * (width - len(named))


def above(path: Path | str, format: Format) -> list[str]:
    """Return the cells of the row right above the header; [] if there is none."""
    if not format.has_header or not format.preamble:
        return []
    (line, cells), *rest = islice(_below(path, format, format.preamble - 1), 2)
    header: tuple[int, list[str]] = next(_below(path, format, format.preamble), (line, []))
    return list(cells) if rest and line != header[0] else []


def read(path: Path | str, format: Format, *, skip_rows: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield (line or row number, cells) of the rows of a csv, xlsx or ods file that aren't blank.

    Args:
        path: the file.
        format: how to read it.
        skip_rows: rows already handled: an import resumes after them.

    Raises:
        Unreadable: as `csv.records` and `spreadsheet.rows`.
    """
    return islice(_below(path, format, format.preamble + format.has_header), skip_rows, None)


def _below(path: Path | str, format: Format, before: int) -> Iterator[tuple[int, list[str]]]:
    """Yield (line or row number, cells) of the rows that aren't blank, without the first `before`."""
    if format.kind == "csv":
        found = csv.records(path, format.encoding, format.delimiter)
        numbered = ((position, line, cells) for position, (line, cells) in enumerate(found, 1))
    else:
        rows = spreadsheet.rows(path, format.kind, format.sheet)
        numbered = ((number, number, cells) for number, cells in rows)
    total = 0
    for position, line, cells in numbered:
        if position <= before or not any(cells):
            continue
        total += len(cells)
        if total > MAX_CELLS:
            raise Unreadable("too_heavy")
        if len(cells) > MAX_COLUMNS:
            cells = (
                Marked(restore(cells[:MAX_COLUMNS]), CELLS_BEYOND)
                if any(cells[MAX_COLUMNS:])
                else cells[:MAX_COLUMNS]
            )
        yield line, cells if isinstance(cells, Marked) else restore(cells)
