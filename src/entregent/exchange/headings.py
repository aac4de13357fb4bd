"""Read headings that stand in two rows: groups («Adresse») above the names of their columns («Rue», «Ville»)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from entregent.formats import table
from entregent.formats.sniff import Format
from entregent.kernel.text import fold

from . import columns, refusals
from .fields import CONTACTS, IGNORE
from .known_headers import known

TWO_ROWS = "two_rows"
"""The code of the remark that they were joined."""
MOST_BLANK = 3
"""Blank rows that may stand between the two, and one."""


def look(path: Path, format: Format, rows: int, *, find_header: bool) -> table.Look:
    """Look at the beginning of a table as ``table.look``, with headings in two rows joined. Raises as it does."""
    seen = table.look(path, format, rows, find_header=find_header)
    for _ in range(MOST_BLANK if find_header and seen.format.has_header else 0):
        if not is_second(seen.rows[0][1]):
            break
        seen = table.look(path, replace(seen.format, preamble=seen.format.preamble + 1), rows)
    names = joined(seen.above, seen.headers, [cells for _, cells in seen.rows])
    return seen if names == seen.headers else replace(seen, headers=names, remarks={**seen.remarks, TWO_ROWS: 2})


def is_second(cells: Sequence[str]) -> bool:
    """Return whether the row below the headings is a second row of headings: most of its cells are known as such."""
    filled = [cell for cell in cells if cell.strip()]
    named = [cell for cell in filled if _is_known(cell)]
    return len(named) > 1 and len(named) * 2 > len(filled)


def joined(above: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> list[str]:
    """Return the names of columns with what the row above them tells, where the name alone is not enough.

    Unchanged if that row is no row of groups: a title, a date, nothing. ``rows``: what is below.
    """
    groups = [*(" ".join(cell.split()) for cell in above), *[""] * len(names)][: len(names)]
    filled = [group for group in groups if group]
    if len(filled) < 2 or any(map(str.isdigit, "".join(filled))) or not is_second(names):
        return list(names)
    counts, found, group = Counter(map(fold, names)), [], ""
    for i, (own, name) in enumerate(zip(groups, names, strict=True)):
        group = own or group
        cells = [row[i] for row in rows if i < len(row)]
        found.append(_joined(group, name, cells, counts[fold(name)] > 1) if name else own)
    return found


def _joined(group: str, name: str, cells: Sequence[str], repeated: bool) -> str:
    whole = f"{group} {name}"
    if not group or fold(group) == fold(name):
        return name
    if refusals.smells(group, ()):
        # «Désabonné» above «Newsletter»: the name alone says the contrary; above «Ville», it tells nothing.
        about_mail = refusals.smells(name, cells) == name or refusals.are_answers(cells)
        return whole if about_mail or not (_is_known(name) or _tells(name)) else name
    return whole if not _is_known(name) or (repeated and _tells(whole)) else name


def _is_known(name: str) -> bool:
    return any(fold(name) in known(kind) for kind in (CONTACTS, "organisations"))


def _tells(name: str) -> bool:
    return columns.guess([name], [[""]], CONTACTS) != [IGNORE]
