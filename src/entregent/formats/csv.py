"""Delimited text, read as a stream whatever its size (RFC 4180; std C21, C26, C31).

The standard csv module swallows all that follows an unbalanced quote. Here a record is put together from
physical lines, each checked by that module in strict mode, so that a broken quote is told with its line.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from .cleaning import CONTROLS
from .errors import Unreadable

MAX_LINE = 4_000_000
MAX_CELL = 100_000
UNDELIMITED = "\ufeff"


def records(path: Path | str, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line where it begins, cells) of each record, blank ones and the header included.

    Args:
        path: the file; lines end in LF, CRLF or CR.
        encoding: a Python codec; bytes that UTF-8 can't hold are an error, others become U+FFFD.
        delimiter: one of `; , tab |`.

    Raises:
        Unreadable: "broken_quote" (line), "line_too_long" (line), "encoding" (encoding).
    """
    errors = "strict" if encoding.startswith("utf") else "replace"
    try:
        # A delimiter of U+FEFF can't occur: control characters are stripped from every line.
        with Path(path).open(encoding=encoding, errors=errors, newline=None) as file:
            yield from _records(file, delimiter or UNDELIMITED)
    except UnicodeError as error:
        raise Unreadable("encoding", encoding=encoding) from error


def _lines(file: TextIO) -> Iterator[str]:
    readline = file.readline
    number = 0
    while line := readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE:
            raise Unreadable("line_too_long", line=number)
        yield CONTROLS.sub("", line) if CONTROLS.search(line) else line


def _records(file: TextIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) of every record, blank ones included."""
    opened, start, width = "", 0, 0
    for number, line in enumerate(_lines(file), 1):
        if opened:
            opened += line
            if len(opened) > MAX_CELL:
                raise Unreadable("broken_quote", line=start)
            if '"' not in line:
                continue
        elif '"' in line:
            opened, start = line, number
        else:
            cells = line.rstrip("\n").split(delimiter)
            width = width or len(cells)
            yield number, cells
            continue
        if (found := _parse(opened, delimiter, start, width)) is not None:
            opened, width = "", width or len(found)
            yield start, found
    if opened:
        raise Unreadable("broken_quote", line=start)


def _parse(text: str, delimiter: str, line: int, width: int) -> list[str] | None:
    """Return the cells of a record with quotes, None when its last quote is still open."""
    record = text.removesuffix("\n")
    try:
        # csv wants a list of lines; one "line" with inner breaks is fine and is read as one record.
        return next(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return None
        if "field larger" in str(error):
            raise Unreadable("broken_quote", line=line) from error
    # A stray quote inside a cell: tolerated on one line when the number of cells is still right.
    if "\n" not in record and len(cells := record.split(delimiter)) == width:
        return [_unquoted(cell) for cell in cells]
    raise Unreadable("broken_quote", line=line)


def _unquoted(cell: str) -> str:
    inside = cell.strip()
    if len(inside) > 1 and inside[0] == inside[-1] == '"':
        cell = inside[1:-1]
    return cell.replace('""', '"')
