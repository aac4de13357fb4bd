"""Receive a file: store it under a random name, recognise its format, guess its columns (E6)."""

import hashlib
import shutil
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, TypeVar

from django.conf import settings
from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.formats import sniff, table
from entregent.kernel.names import title_case_name
from entregent.kernel.text import fold

from . import columns, export_rows, refusals
from .cell_values import date_order
from .constants import guess_constants
from .custom_columns import is_target, kept, labels
from .fields import CONTACTS, IGNORE
from .models import Import, SavedMapping
from .source import SourceFile

FOLDER = "imports"
SHOWN = 20
SHOWN_OF_CELL = 200
LOOKED_AT = 500
"""Rows that a guess is made from."""
GUESS = "guess"
Source = TypeVar("Source", bound=SourceFile)


def receive(by: Actor, content: BinaryIO | Path, name: str, kind: str, model: type[Source] = Import) -> Source:  # type: ignore[assignment]
    """Save an uploaded file (or a copy of one on disk) as a draft import (or sync) with guessed columns.

    ``kind``: "contacts", "organisations", or "guess" to tell from its columns.
    Raises ``Unreadable``, and keeps nothing, if the file can't be read.
    """
    by.require(Can.IMPORT)
    path = Path(settings.DATA) / FOLDER / str(by.account.pk) / uuid.uuid4().hex
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(content, path)
        format = sniff.recognise(path)
        # Spreadsheet readers go by the extension, so it is set from the content found.
        path = path.rename(path.with_suffix(f".{format.kind}"))
        if format.kind == "vcard" and kind == GUESS:
            kind = CONTACTS  # each card says whether it is an organisation's
        source = model(
            account=by.account,
            by_id=by.user_id,
            kind=kind,
            name=Path(name).name[-255:],
            path=str(path.relative_to(settings.DATA)),
            size=path.stat().st_size,
            format=asdict(format),
        )
        if format.kind == "vcard":
            source.mapping, source.headers = export_rows.columns(kind)
        else:
            read_headers(source, format, find_header=True)
        source.save()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return source


def _copy(content: BinaryIO | Path, path: Path) -> None:
    if isinstance(content, Path):
        shutil.copyfile(content, path)
        return
    with path.open("wb") as target:
        shutil.copyfileobj(content, target, 1 << 20)


def read_headers(source: SourceFile, format: sniff.Format, *, find_header: bool = False) -> None:
    """Read the headers in this format; map the columns as last time, or guess. Does not save ``source``.

    Raises ``Unreadable``.
    """
    seen = table.look(source.file, format, LOOKED_AT, find_header=find_header)
    rows = [cells for _, cells in seen.rows]
    if source.kind == GUESS:
        source.kind = columns.guess_kind(seen.headers, rows)
    source.format, source.headers = asdict(seen.format), seen.headers
    shown = [[cell[:SHOWN_OF_CELL] for cell in cells[: len(seen.headers)]] for cells in rows[:SHOWN]]
    source.seen = {"rows": shown, "sheets": seen.sheets, "remarks": seen.remarks}
    source.date_order = order_of_dates(rows)
    if isinstance(source, Import):
        source.refusals = alarms(source.name, seen.headers, rows)
    saved = SavedMapping.objects.filter(kind=source.kind, signature=signature(seen.headers)).first()
    if saved and any(seen.headers) and all(is_target(source.account, code) for code in saved.mapping):
        source.mapping, source.constants = kept(source.account, saved.mapping), saved.constants
        return
    own = labels(source.account, source.kind) if isinstance(source, Import) else {}
    source.mapping = columns.guess(seen.headers, rows, source.kind, own)
    source.constants = guess_constants(source.name, seen.headers) if source.kind == "contacts" else {}


def reread(source: SourceFile, header_row: int | None = None, **changed: Any) -> None:
    """Change how the file is read: encoding, delimiter, sheet, header or not. Raises ``Unreadable``.

    ``header_row``: the row that names the columns, from 1; None leaves it where it is, or finds it in another sheet.
    """
    before = source.read_as
    format = replace(before, **changed)
    moved = header_row is not None and header_row - 1 != before.preamble
    if moved and header_row:
        format = replace(format, preamble=header_row - 1)
    read_headers(source, format, find_header=format.sheet != before.sheet and not moved)
    source.save()


def order_of_dates(rows: Iterable[Sequence[str]]) -> str:
    """Return "mdy" if the numeric dates in these cells show it, else "dmy"."""
    return date_order([cell for row in rows for cell in row if 6 <= len(cell.strip()) <= 10]) or "dmy"


def sample(source: SourceFile) -> list[list[str]]:
    """Return the first rows, to show beside the columns; none for a vCard, which has no columns."""
    return source.seen.get("rows", [])


def doubtful(source: SourceFile, rows: Sequence[Sequence[str]]) -> set[int]:
    """Return the columns whose guess stands and is doubtful; none once the user has mapped such a file."""
    if SavedMapping.objects.filter(kind=source.kind, signature=signature(source.headers)).exists():
        return set()
    own = labels(source.account, source.kind) if isinstance(source, Import) else {}
    guesses = columns.scored(source.headers, rows, source.kind, own)
    return {
        index
        for index, (found, code) in enumerate(zip(guesses, source.mapping, strict=True))
        if found.doubtful and found.target == code
    }


def alarms(name: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, dict[str, str]]:
    """Return what of a file sounds like refusals of mailings, as ``Import.refusals`` holds it, unanswered."""
    found = {}
    if refusals.of_file(name):
        found["file"] = {"sounds": name, "by": "file", "answer": ""}
    for index, header in enumerate(headers):
        sounds = refusals.smells(header, [row[index] for row in rows if index < len(row)])
        if sounds:
            by = "header" if sounds == header else "cell"
            found[str(index)] = {"sounds": sounds[:80], "by": by, "answer": ""}
    return found


def unanswered(source: SourceFile) -> list[str]:
    """Return the keys of ``refusals`` whose column is read otherwise, and that the user has not answered."""
    return open_questions(source.refusals, source.mapping, source.constants) if isinstance(source, Import) else []


def open_questions(
    asked: Mapping[str, Mapping[str, str]], mapping: Sequence[str], constants: Mapping[str, str]
) -> list[str]:
    """Return the keys of ``asked``, from ``alarms``, that neither mapping nor constants nor an answer settle."""
    said = {str(index) for index, code in enumerate(mapping) if code in refusals.TARGETS}
    if refusals.REFUSED in constants:
        said.add("file")
    return [key for key, one in asked.items() if not one["answer"] and key not in said]


def answer(source: Import, answers: Mapping[str, str]) -> None:
    """Note the user's answers: key of ``refusals`` → "refused" or "none". Does not save ``source``."""
    for key, one in source.refusals.items():
        if answers.get(key) in ("refused", "none", ""):
            one["answer"] = answers[key]
    everybody = source.refusals.get("file", {}).get("answer")
    if everybody == "refused":
        source.constants = {**source.constants, refusals.REFUSED: "1"}


@dataclass(frozen=True, slots=True)
class Doubts:
    """Questions that the first rows leave open, for the user to answer."""

    lost_zeros: bool
    """French postal codes that have only four digits (std C26)."""
    dates: bool
    """Dates that can be read both ways, such as 03/04/2026 (std F16)."""
    capitals: tuple[str, str] | None
    """A name in capitals and how it would be written (std F1); None if names are not in capitals."""


DATES = ("birth_date", "since", "until")


def doubts(source: SourceFile, rows: Sequence[Sequence[str]]) -> Doubts:
    """Return the open questions in ``rows`` (from ``sample``) under the present mapping."""

    def cells(*codes: str) -> list[str]:
        columns = [index for index, code in enumerate(source.mapping) if code in codes]
        return [row[index] for row in rows for index in columns if index < len(row)]

    short = any(len(cell) == 4 and cell.isdecimal() for cell in cells("postal_code", "organisation_postal_code"))
    return Doubts(
        lost_zeros=short and source.account.country == "FR",
        dates=date_order(cells(*DATES)) == "",
        capitals=_capitals(cells("last_name", "whole_name")),
    )


def _capitals(names: list[str]) -> tuple[str, str] | None:
    """Return a good example, with a particle or an apostrophe, if most names are in capitals; else None."""
    shouted = [name for name in names if len(name) > 2 and name.isupper()]
    if len(shouted) * 2 <= len(names):
        return None
    name = max(shouted, key=lambda name: (sum(sign in name for sign in " '’-"), len(name)))
    return name, title_case_name(name)


def _order(asked: str) -> str:
    return "mdy" if asked == "mdy" else "dmy"


def map_columns(
    source: SourceFile,
    mapping: Sequence[str],
    constants: dict[str, str],
    on_duplicate: str = "",
    *,
    repair_zeros: bool = False,
    date_order: str = "dmy",
    tidy_names: bool = False,
    answers: Mapping[str, str] = MappingProxyType({}),
    shared_addresses: bool = False,
) -> None:
    """Save the mapping of columns, for this file and for the next one with the same columns.

    ``mapping``: a target per column; ``constants``: target → value for rows without one; ``answers``: as for
    ``answer``. Raises ``ValueError`` for unknown targets.
    """
    source.repair_zeros, source.tidy_names, source.date_order = repair_zeros, tidy_names, _order(date_order)
    if source.read_as.kind == "vcard":
        mapping = source.mapping
    if len(mapping) != len(source.headers) or not all(
        is_target(source.account, code) for code in (*mapping, *constants)
    ):
        raise ValueError("mapping")
    source.mapping, source.constants = list(mapping), {key: value for key, value in constants.items() if value}
    written = ["repair_zeros", "tidy_names", "date_order", "mapping", "constants"]
    if isinstance(source, Import):
        source.on_duplicate, source.shared_addresses = Import.OnDuplicate(on_duplicate), shared_addresses
        answer(source, answers)
        written += ["on_duplicate", "shared_addresses", "refusals"]
    with transaction.atomic():
        source.save(update_fields=written)  # its state may have changed meanwhile
        if any(source.headers) and source.read_as.kind != "vcard":
            SavedMapping.objects.update_or_create(
                account_id=source.account_id, kind=source.kind, signature=signature(source.headers),
                defaults={
                    "mapping": source.mapping,
                    "constants": {code: one for code, one in source.constants.items() if code != refusals.REFUSED},
                },
            )  # fmt: skip


def signature(headers: Iterable[str]) -> str:
    """Return a digest that is equal for files with the same headers, ignoring case, accents and spaces (std C25)."""
    return hashlib.sha256("\x1f".join(fold(header) for header in headers).encode()).hexdigest()


def missing_targets(source: SourceFile) -> list[str]:
    """Return the required targets that no column is mapped to: codes of fields.py."""
    given = {code for code in source.mapping if code != IGNORE} | set(source.constants)
    if source.kind == "organisations":
        return [] if "name" in given else ["name"]
    return [] if given & {"whole_name", "last_name", "first_name", "email"} else ["last_name", "first_name"]
