"""Any tabular file through one door: its header, a few rows to look at, all its rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from . import csv, delimited, spreadsheet
from .errors import Unreadable
from .sniff import Format


@dataclass(frozen=True, slots=True)
class Look:
    """The beginning of a table: enough to guess its columns and to show before anything is written.

    Attributes:
        format: how it is read, preamble and header found.
        headers: one name per column ('' when the file names none).
        rows: (line number, cells) of the first rows.
    """

    format: Format
    headers: list[str]
    rows: list[tuple[int, list[str]]]


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
    if find_header and format.kind != "csv":
        found = spreadsheet.head(path, format.kind, sheet=format.sheet)
        preamble, has_header = delimited.find_header(found)
        format = replace(format, preamble=preamble, has_header=has_header)
    shown = []
    for row in read(path, format):
        shown.append(row)
        if len(shown) >= rows:
            break
    if not shown:
        raise Unreadable("no_rows")
    return Look(format, headers(path, format, max(len(cells) for _, cells in shown)), shown)


def headers(path: Path | str, format: Format, width: int = 0) -> list[str]:
    """Return the names of the columns, '' for each of `width` columns when the file names none."""
    if not format.has_header:
        return [""] * width
    if format.kind == "csv":
        named = csv.head(path, format.encoding, format.delimiter, preamble=format.preamble)
    else:
        first = format.preamble + 1
        named = (spreadsheet.head(path, format.kind, sheet=format.sheet, rows=first) or [[]])[-1]
    named = [" ".join(name.split()) for name in named]
    while named and not named[-1] and len(named) > width:
        named.pop()
    return named + [""] * (width - len(named))


def read(path: Path | str, format: Format, *, skip_rows: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield (line or row number, cells) of a csv, xlsx or ods file, `skip_rows` rows left out."""
    if format.kind == "csv":
        return csv.read(
            path,
            format.encoding,
            format.delimiter,
            format.has_header,
            preamble=format.preamble,
            skip_rows=skip_rows,
        )
    return spreadsheet.read(
        path,
        format.kind,
        format.has_header,
        sheet=format.sheet,
        preamble=format.preamble,
        skip_rows=skip_rows,
    )
