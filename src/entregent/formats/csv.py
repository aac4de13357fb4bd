"""Delimited text, read as a stream whatever its size (RFC 4180; std C21, C26, C31).

The standard csv module swallows all that follows an unbalanced quote. Here a record is put together from
physical lines, each checked by that module in strict mode: a broken quote, or a byte in another encoding, spoils its
own record and no other. The lines after a broken quote are read as rows only if they look like rows.
"""

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TextIO

from .cleaning import CONTROLS
from .errors import Unreadable
from .marked import Marked

MAX_LINE = 4_000_000
MAX_CELL = 100_000
MAX_LINES = 2_000
"""Lines that one record may have."""
TRIES = 40
"""How often a record that goes on over lines is looked at, so that many quotes cost no more than a few."""
ODD_ONE_IN = 10
"""Of so many rows, one may be too short: a long file with an open quote is not lost for it."""
UNDELIMITED = "\ufeff"
BROKEN_QUOTE, OTHER_BYTES = "broken_quote", "other_bytes"

_ESCAPED = re.compile("[\udc80-\udcff]")
"""Bytes that are not UTF-8, as Python's «surrogateescape» hands them over."""

Line = tuple[int, str]


def records(path: Path | str, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line where it begins, cells) of each record, blank ones and the header included.

    Cells are ``Marked`` where a quote is broken (the line as one cell, fatal) or a byte is not of this encoding.

    Args:
        path: the file; lines end in LF, CRLF or CR.
        encoding: a Python codec; a byte that is not UTF-8 is read as Windows-1252, others become U+FFFD.
        delimiter: one of `; , tab |`.

    Raises:
        Unreadable: "line_too_long" (line), "encoding" (encoding).
    """
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise Unreadable("encoding", encoding=encoding) from error
    try:
        # A delimiter of U+FEFF can't occur: control characters are stripped from every line.
        with Path(path).open(encoding=encoding, errors=errors, newline=None) as file:
            yield from _records(_Lines(file), delimiter or UNDELIMITED)
    except UnicodeError as error:
        raise Unreadable("encoding", encoding=encoding) from error


class _Lines:
    """The numbered lines of a file; some can be given back, to be read again."""

    def __init__(self, file: TextIO) -> None:
        self.readline, self.numbers = file.readline, count(1)
        self.returned: deque[Line] = deque()
        self.marked: set[int] = set()

    def take(self) -> Line | None:
        if self.returned:
            return self.returned.popleft()
        line = self.readline(MAX_LINE)
        if not line:
            return None
        number = next(self.numbers)
        if len(line) >= MAX_LINE:
            raise Unreadable("line_too_long", line=number)
        if not line.isascii() and ("\ufffd" in line or _ESCAPED.search(line)):
            self.marked.add(number)
            line = _ESCAPED.sub(_in_windows, line)
        return number, CONTROLS.sub("", line) if CONTROLS.search(line) else line

    def give_back(self, lines: list[Line]) -> None:
        self.returned.extendleft(reversed(lines))


def _in_windows(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", errors="replace")


def _records(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) of every record, blank ones included."""
    width = 0
    while line := lines.take():
        number, text = line
        if '"' not in text:
            cells, last = text.rstrip("\n").split(delimiter), number
        else:
            cells, last = _quoted(lines, line, delimiter, width)
        width = width or (len(cells) if len(cells) > 1 else 0)
        if lines.marked and not lines.marked.isdisjoint(range(number, last + 1)):
            lines.marked.difference_update(range(number, last + 1))
            cells = cells if isinstance(cells, Marked) else Marked(cells, OTHER_BYTES)
        yield number, cells


def _quoted(lines: _Lines, first: Line, delimiter: str, width: int) -> tuple[list[str], int]:
    """Return the cells of a record with quotes, and its last line; the lines that are not its own are given back."""
    number, text = first
    cells = _parse(text, delimiter, width)
    if cells is not None:
        return cells, number
    more: list[Line] = []
    tries = TRIES
    while tries and len(text) <= MAX_CELL and len(more) < MAX_LINES and (line := lines.take()):
        more.append(line)
        text += line[1]
        if '"' not in line[1] or text.count('"') % 2:
            continue
        tries -= 1
        cells = _parse(text, delimiter, width)
        if cells is not None:
            beyond = len(more) > 1 and len(cells) > width > 1  # another's quote may have closed an open one
            if isinstance(cells, Marked) or (beyond and _look_like_rows(more, width, delimiter)):
                break
            return cells, line[0]
    if _look_like_rows(more, width, delimiter):
        lines.give_back(more)
        text, more = first[1], []
    return Marked([text.rstrip("\n")], BROKEN_QUOTE, fatal=True), more[-1][0] if more else number


def _look_like_rows(lines: list[Line], width: int, delimiter: str) -> bool:
    """Return whether lines are rows of the file and not the text of a cell: few lack a delimiter."""
    told = [line for _, line in lines if line.strip()]
    return ODD_ONE_IN * sum([line.count(delimiter) < width - 1 for line in told]) <= len(told)


def _parse(text: str, delimiter: str, width: int) -> list[str] | None:
    """Return the cells of a record with quotes, ``Marked`` if they are broken; None if its last quote is open."""
    record = text.removesuffix("\n")
    try:
        # csv wants a list of lines; one "line" with inner breaks is fine and is read as one record.
        return next(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return None
    # A stray quote inside a cell: tolerated on one line when the number of cells is still right.
    if "\n" not in record and len(cells := record.split(delimiter)) == width:
        return [_unquoted(cell) for cell in cells]
    return Marked([record], BROKEN_QUOTE, fatal=True)


def _unquoted(cell: str) -> str:
    inside = cell.strip()
    if len(inside) > 1 and inside[0] == inside[-1] == '"':
        cell = inside[1:-1]
    return cell.replace('""', '"')
