"""Guess what the columns of a file are, in a process of its own (formats/apart.py): cells may be hostile."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from entregent.formats.sniff import Format
from entregent.formats.table import Look

from . import columns, headings
from .cell_values import date_order
from .questions import alarms
from .rows import cells_of_cards

LOOKED_AT = 500
"""Rows that a guess is made from."""
LOOKED_AT_OF_CELL = 1_000
"""Signs of a cell that a guess is made from: a file may hold megabytes in one."""
GUESS = "guess"


class Guessed(NamedTuple):
    """The beginning of a file, and what its columns seem to be.

    ``refusals``: as ``questions.alarms`` returns it; ``look``: its cells are cut.
    """

    look: Look
    kind: str
    mapping: list[str]
    date_order: str
    refusals: dict[str, dict[str, str]]


def guessed(
    path: Path, format: Format, name: str, kind: str, own: Mapping[str, Mapping[str, str]], find_header: bool
) -> Guessed:
    """Return what the columns of a table seem to be. Touches no database.

    ``name``: the file's, as the user knows it; ``kind``: "contacts", "organisations", or "guess" to tell from the
    columns; ``own``: kind → folded label → target of custom fields; ``find_header``: as for ``headings.look``.
    Raises ``Unreadable``.
    """
    seen = headings.look(path, format, LOOKED_AT, find_header=find_header)
    seen.rows[:] = [(number, _cut(cells)) for number, cells in seen.rows]
    rows = [cells for _, cells in seen.rows]
    found = columns.guess_kind(seen.headers, rows) if kind == GUESS else kind
    mapping = columns.guess(seen.headers, rows, found, own.get(found, {}))
    return Guessed(seen, found, mapping, order_of_dates(rows), alarms(name, seen.headers, rows))


def alarms_of_cards(
    path: Path, encoding: str, name: str, codes: list[str], language: str
) -> dict[str, dict[str, str]]:
    """Return what of a vCard file sounds like refusals, in columns of these codes. Touches no database."""
    cells = cells_of_cards(path, encoding, codes, language, LOOKED_AT)
    return alarms(name, [""] * len(codes), list(map(_cut, cells)))


def order_of_dates(rows: Iterable[Sequence[str]]) -> str:
    """Return "mdy" if the numeric dates in these cells show it, else "dmy"."""
    return date_order([cell for row in rows for cell in row if 6 <= len(cell.strip()) <= 10]) or "dmy"


def _cut(cells: Iterable[str]) -> list[str]:
    return [cell[:LOOKED_AT_OF_CELL] for cell in cells]
