"""What goes back to the one who imports: the template to fill in, and the rows to mend and send again."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem as FieldProblem
from entregent.formats import csv_out, xlsx_out
from entregent.runs.cycle import use_of

from .custom_columns import label_of as target_label
from .custom_columns import template
from .messages import note_text, problem_text
from .models import Import, Reject, SyncChange
from .source import SourceFile


def template_csv(by: Actor, kind: str) -> Iterator[bytes]:
    """The template as CSV, with one example row; made from the live fields."""
    headers, example = template(by, kind)
    return csv_out.write(headers, [example])


def template_xlsx(by: Actor, kind: str, target: BinaryIO) -> None:
    """The template as XLSX."""
    headers, example = template(by, kind)
    xlsx_out.write(target, headers, [(example, ())], sheet=_("Template"))


def why(source: SourceFile, reject: Reject | SyncChange) -> str:
    """Everything that is wrong with a row, in the reader's language."""
    return " ".join(f"{label_of(source, found['target'])}{sentence(found)}" for found in reject.problems)


def sentence(found: dict) -> str:
    """One problem of a row, whether the file's or a field's."""
    return problem_text(found["code"], found["params"]) or FieldProblem("", found["code"], found["params"]).message


def remarks(source: Import) -> list[str]:
    """What was noticed on the way, each with how often: «12 × …»."""
    notes = sorted(source.counts.get("notes", {}).items(), key=lambda item: -item[1])
    return [note_text(code, count) for code, count in notes]


def label_of(source: SourceFile, target: str) -> str:
    """«E-mail : », or nothing for the whole row."""
    column = column_of(source, target)
    name = source.headers[column] if column is not None and source.headers else ""
    shown = name or target_label(source.account, target)
    return _("%(field)s: ") % {"field": shown} if shown else ""


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
"""A field as actions name it → the columns that its value may have come from."""


def column_of(source: SourceFile, target: str) -> int | None:
    """The index of the column that a problem is about."""
    for code in _COLUMNS_OF.get(target, (target,)):
        if code in source.mapping:
            return source.mapping.index(code)
    return None


def wrong_cells(source: SourceFile, reject: Reject) -> list[int]:
    """The indexes of the cells to mark."""
    found = (column_of(source, problem["target"]) for problem in reject.problems)
    return sorted({index for index in found if index is not None})


def rejects_csv(source: SourceFile) -> Iterator[bytes]:
    """The rejected rows with the file's own columns, and why; the last column is passed over when they return."""
    rows = ([*reject.cells, why(source, reject)] for reject in use_of(source).rejects(source))
    return csv_out.write([*_headers(source), _("Error")], rows)


def rejects_xlsx(source: SourceFile, target: Path | BinaryIO) -> None:
    """The same as XLSX, wrong cells marked."""
    rows = (
        ([*reject.cells, why(source, reject)], wrong_cells(source, reject))
        for reject in use_of(source).rejects(source)
    )
    xlsx_out.write(target, [*_headers(source), _("Error")], rows, sheet=_("Rows to mend"))


def _headers(source: SourceFile) -> list[str]:
    """The file's headers; the fields' names where it has none, so that it maps itself when it returns."""
    if source.headers and any(source.headers):
        return list(source.headers)
    if source.mapping:
        return [target_label(source.account, code) for code in source.mapping]
    return [target_label(source.account, code) for code in ("last_name", "first_name")]
