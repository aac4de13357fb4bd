"""Delimiter and header of the first 64 kB of a delimited text (std C21)."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

DELIMITERS = ";\t|,"  # the most telling first: commas and bars are found in plain sentences
SAMPLE_ROWS = 200
HEADER_SEARCH = 10

_SEP_LINE = re.compile(r"\ufeff?\"?sep=([;,\t|])\"?[ \t]*\r?\n", re.IGNORECASE)
_DATA = re.compile(
    r"[^@\s]+@[^@\s]+\.\w+"  # an e-mail address
    r"|https?://\S+|www\.\S+"
    r"|[+(]?\d[\d\s./()+-]{4,}"  # a phone, a date, a long number
    r"|-?\d+[.,]\d+"
)


def find_delimiter(text: str, *, whole: bool) -> tuple[str, list[list[str]]]:
    """Return the delimiter of `text` and its first rows; ';' when there is a single column.

    Each candidate parses the sample with quotes obeyed; the one whose rows agree most on a number of
    cells above one wins. `whole` False tells that the last row may be cut.
    """
    if told := _SEP_LINE.match(text):
        return told[1], _parse(text, told[1], whole)[0]
    best = max(DELIMITERS, key=lambda delimiter: _score(text, delimiter, whole))
    return best, _parse(text, best, whole)[0]


def find_header(rows: list[list[str]]) -> tuple[int, bool]:
    """Return (rows to leave out before the first useful one, whether that one is a header)."""
    if not rows:
        return 0, False
    widths = [sum(1 for cell in row if cell.strip()) for row in rows]
    filled = [width for width in widths[:SAMPLE_ROWS] if width]
    wide = [width for width in filled if width > 1]
    usual = _usual(wide if len(wide) * 2 >= len(filled) else filled)  # a small table may have notes above it
    first = next((i for i, n in enumerate(widths[:HEADER_SEARCH]) if n > 1 and n * 2 > usual), 0)
    if usual <= 1:
        first = next((i for i, n in enumerate(widths) if n), 0)
    return first, _is_header(rows[first])


def _is_header(row: list[str]) -> bool:
    """Tell whether a row names columns: short distinct words, none of them an e-mail, a phone, a date."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if not cells or any(_DATA.fullmatch(cell) for cell in cells):
        return False
    if sum(cell.isdigit() for cell in cells) * 2 > len(cells):
        return False
    return all(len(cell) <= 120 and "\n" not in cell.strip() for cell in cells)


def _score(text: str, delimiter: str, whole: bool) -> tuple[float, int]:
    rows, well_quoted = _parse(text, delimiter, whole)
    widths = [len(row) for row in rows if row]
    usual = _usual([width for width in widths if width > 1])
    if usual < 2:
        return 0.0, 0
    agreeing = sum(width == usual for width in widths) / len(widths)
    return agreeing * (1.0 if well_quoted else 0.5), usual


def _parse(text: str, delimiter: str, whole: bool) -> tuple[list[list[str]], bool]:
    """Return the first rows, and whether every quote stands where a quote may stand."""
    if told := _SEP_LINE.match(text):
        text = "\n" + text[told.end() :]
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    rows, well_quoted = _rows(csv.reader(lines, delimiter=delimiter, strict=True))
    if not well_quoted:
        well_quoted = bool(rows) and not whole
        rows, _ = _rows(csv.reader(lines, delimiter=delimiter))
    return (rows if whole or len(rows) < 2 else rows[:-1]), well_quoted


def _rows(reader: Iterator[list[str]]) -> tuple[list[list[str]], bool]:
    """Return the first rows, and whether they could be read: a cell may be past csv's limit, for one."""
    rows: list[list[str]] = []
    try:
        for row in islice(reader, SAMPLE_ROWS + 1):
            rows.append(row)
    except csv.Error:
        return rows, False
    return rows, True


def _usual(numbers: list[int]) -> int:
    return Counter(numbers).most_common(1)[0][0] if numbers else 0
