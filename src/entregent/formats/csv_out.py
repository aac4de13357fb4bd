"""CSV as spreadsheets in French want it: UTF-8 with BOM, `;`, CRLF, no formula (RFC 4180; std C31)."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from .cleaning import CONTROLS

CHUNK_ROWS = 500
RISKY = frozenset("=+-@\t\r'")

# A cell that already begins with apostrophes and such a sign gets one more: reading removes exactly one.
_RISKY_START = re.compile(r"'*[=+\-@\t\r]")


def write(headers: list[str], rows: Iterable[Iterable[str]], delimiter: str = ";") -> Iterator[bytes]:
    """Yield the bytes of a CSV file in chunks of some hundred rows.

    Args:
        headers: names of the columns; [] writes none.
        rows: cells as text.
        delimiter: `;` for French locales, `,` else.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    if headers:
        writer.writerow(safe(headers))
    yield codecs.BOM_UTF8
    for number, row in enumerate(rows, 1):
        writer.writerow(safe(row))
        if number % CHUNK_ROWS == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def safe(row: Iterable[str]) -> list[str]:
    """Return cells without control characters, none of which a spreadsheet takes for a formula."""
    return [neutralise(cell) if cell and (cell[0] in RISKY or not cell.isprintable()) else cell for cell in row]


def neutralise(cell: str) -> str:
    """Return a cell with an apostrophe before = + - @ TAB or CR; `cleaning.restore_cell` undoes it."""
    cell = CONTROLS.sub("", cell)
    return f"'{cell}" if _RISKY_START.match(cell) else cell


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", errors="replace")
