"""Files for the importing user: the template to fill in, and the rejected rows to fix and import again."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem as FieldProblem
from entregent.formats import csv_out, xlsx_out
from entregent.runs.cycle import use_of

from . import custom_columns
from .custom_columns import label_of as target_label
from .fields import IGNORE
from .messages import ODDITIES, PROBLEMS
from .models import Import, Reject, Remark, SyncChange
from .source import SourceFile

SHEETS_NAMED = 8


class Table(NamedTuple):
    """A table to write: the name of its sheet, its headers, and its rows: cells, and indexes of those to mark."""

    sheet: str
    headers: list[str]
    rows: Iterable[tuple[list[str], list[int]]]


def as_csv(table: Table) -> Iterator[bytes]:
    """Yield a table as CSV."""
    return csv_out.write(table.headers, (cells for cells, _marked in table.rows))


def as_xlsx(table: Table, target: Path | BinaryIO) -> None:
    """Write a table as XLSX, with its wrong cells marked."""
    xlsx_out.write(target, table.headers, table.rows, sheet=table.sheet)


def template(by: Actor, kind: str) -> Table:
    """Return the template to fill in, with the account's fields and one example row."""
    headers, example = custom_columns.template(by, kind)
    return Table(_("Template"), headers, [(example, [])])


def rejects(source: SourceFile) -> Table:
    """Return the rejected rows: the file's columns, and the reasons in a last one, which imports ignore."""
    found = use_of(source).rejects(source)
    rows = (([*reject.cells, why(source, reject)], wrong_cells(source, reject)) for reject in found)
    return Table(_("Rows to fix"), [*_headers(source), _("Error")], rows)


def why(source: SourceFile, reject: Reject | Remark | SyncChange) -> str:
    """Return all problems of a row as text, in the reader's language."""
    return " ".join(f"{label_of(source, found['target'])}{sentence(found)}" for found in reject.problems)


def sentence(found: dict) -> str:
    """Return the sentence of one problem of a row."""
    code, params = found["code"], found["params"]
    return str(PROBLEMS[code]) % params if code in PROBLEMS else FieldProblem("", code, params).message


def about_file(source: SourceFile) -> list[str]:
    """Return what to know of a spreadsheet before its rows are read: which sheet, what its cells don't show."""
    sheets, sheet = source.seen.get("sheets", []), source.read_as.sheet
    left = [name for name in sheets if name != sheet]
    said = []
    if sheet and left:
        names = ", ".join(left[:SHEETS_NAMED]) + ("…" if len(left) > SHEETS_NAMED else "")
        said.append(
            _("The sheet “%(sheet)s” is read; these are not: %(others)s.") % {"sheet": sheet, "others": names}
        )
    return said + [str(ODDITIES[code]) % {"count": count} for code, count in source.seen.get("remarks", {}).items()]


def left_out(source: SourceFile) -> list[str]:
    """Return the names of the columns that hold something and are not imported; those without a name by number."""
    rows = source.seen.get("rows", [])
    filled = {i for row in rows for i, cell in enumerate(row) if cell.strip()}
    return [
        source.headers[i] or _("column %(number)s") % {"number": i + 1}
        for i, code in enumerate(source.mapping)
        if code == IGNORE and i in filled
    ]


def remarks(source: Import) -> list[str]:
    """Return the remarks of an import, each with the number of its rows: «A photo was left out… (× 12)»."""
    notes = sorted(source.counts.get("notes", {}).items(), key=lambda item: -item[1])
    return [f"{PROBLEMS[code]} (× {count})" for code, count in notes]


def label_of(source: SourceFile, target: str) -> str:
    """Return the prefix of a problem: «E-mail : »; ``""`` for the whole row."""
    column = column_of(source, target)
    name = source.headers[column] if column is not None and source.headers else ""
    shown = name or target_label(source.account, target)
    return _("%(field)s: ") % {"field": shown} if shown else ""


def told(source: Import, about: str) -> Table:
    """Return the remarks on rows that came in: the row's number, what was left out of it, and why."""
    found = source.remarks.filter(about=about)
    rows: Iterator[tuple[list[str], list[int]]] = (
        ([str(remark.line), values_left_out(remark), why(source, remark)], []) for remark in found.iterator()
    )
    return Table(_("To check"), [_("Row"), _("Left out"), _("Why")], rows)


def values_left_out(remark: Remark) -> str:
    """Return the values that were left out of a row."""
    return " · ".join(filter(None, (problem["params"].get("left_out", "") for problem in remark.problems)))


_COLUMNS_OF = {
    "email": ("email",),
    "emails.1": ("email_2",),
    "emails.2": ("email_3",),
    "phone": ("phone", "mobile"),
    "phones.1": ("phone_2", "mobile"),
    "street": ("address", "address_block"),
    "postal_code": ("postal_code", "postal_city", "address_block"),
    "city": ("city", "postal_city", "address_block"),
    "last_name": ("last_name", "whole_name"),
    "first_name": ("first_name", "whole_name"),
}
"""Field name in actions → the columns that its value may come from."""


def column_of(source: SourceFile, target: str) -> int | None:
    """Return the index of the column that a problem is about."""
    for code in _COLUMNS_OF.get(target, (target,)):
        if code in source.mapping:
            return source.mapping.index(code)
    return None


def wrong_cells(source: SourceFile, reject: Reject) -> list[int]:
    """Return the indexes of the cells to mark."""
    found = (column_of(source, problem["target"]) for problem in reject.problems)
    return sorted({index for index in found if index is not None})


def _headers(source: SourceFile) -> list[str]:
    """Return the file's headers; the targets' labels if it has none, so that they are recognised on re-import."""
    if source.headers and any(source.headers):
        return list(source.headers)
    if source.mapping:
        return [target_label(source.account, code) for code in source.mapping]
    return [target_label(source.account, code) for code in ("last_name", "first_name")]
