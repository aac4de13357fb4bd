"""Receive a file: store it under a random name, recognise its format, guess its columns (E6)."""

import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, TypeVar

from django.conf import settings
from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.formats import apart, sniff

from . import export_rows, refusals
from .constants import guess_constants
from .custom_columns import is_target, kept, labels
from .fields import CONTACTS, IGNORE, ORGANISATIONS
from .guessing import GUESS, alarms_of_cards, guessed
from .models import Import, SavedMapping
from .questions import answer
from .signatures import signature
from .source import SourceFile

FOLDER = "imports"
SHOWN = 20
SHOWN_OF_CELL = 200
Source = TypeVar("Source", bound=SourceFile)


def receive(by: Actor, content: BinaryIO | Path, name: str, kind: str, model: type[Source] = Import) -> Source:  # type: ignore[assignment]
    """Save an uploaded file (or a copy of one on disk) as a draft import (or sync) with guessed columns.

    ``kind``: "contacts", "organisations", or "guess" to tell from its columns.
    Raises ``Unreadable``, and keeps nothing, if the file can't be read.
    """
    source = _stored(by, content, name, kind, model)
    try:
        for _ in read_in(source):
            pass
        source.save()
    except BaseException:
        source.file.unlink(missing_ok=True)
        raise
    return source


def keep(by: Actor, content: BinaryIO | Path, name: str, kind: str, model: type[Source] = Import) -> Source:  # type: ignore[assignment]
    """Save an uploaded file unread, for a worker to read it in. Raises ``Unreadable`` if it is clearly no table."""
    source = _stored(by, content, name, kind, model)
    try:
        sniff.refuse_at_once(source.file)
        source.save()
    except BaseException:
        source.file.unlink(missing_ok=True)
        raise
    return source


def _stored(by: Actor, content: BinaryIO | Path, name: str, kind: str, model: type[Source]) -> Source:
    by.require(Can.IMPORT)
    path = Path(settings.DATA) / FOLDER / str(by.account.pk) / uuid.uuid4().hex
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(content, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return model(
        account=by.account,
        by_id=by.user_id,
        kind=kind,
        name=Path(name).name[-255:],
        path=str(path.relative_to(settings.DATA)),
        size=path.stat().st_size,
    )


def read_in(source: SourceFile) -> Iterator[None]:
    """Recognise the format of a stored file and guess its columns, in a process of its own. Does not save ``source``.

    Yields now and then. Raises ``Unreadable``.
    """
    if not source.file.exists():  # renamed by a worker that died
        source.path = str(next(source.file.parent.glob(f"{source.file.stem}.*")).relative_to(settings.DATA))
    format = yield from apart.call(sniff.recognise, source.file)
    # Spreadsheet readers go by the extension, so it is set from the content found.
    path = source.file.rename(source.file.with_suffix(f".{format.kind}"))
    source.path, source.format = str(path.relative_to(settings.DATA)), asdict(format)
    if format.kind == "vcard":
        source.kind = CONTACTS if source.kind == GUESS else source.kind  # each card says what it is
        source.mapping, source.headers = export_rows.columns(source.kind)
        if isinstance(source, Import):
            language = source.account.language
            about = path, format.encoding, source.name, source.mapping, language
            source.refusals = yield from apart.call(alarms_of_cards, *about)
    else:
        yield from read_headers(source, format, find_header=True)


def _copy(content: BinaryIO | Path, path: Path) -> None:
    if isinstance(content, Path):
        shutil.copyfile(content, path)
        return
    with path.open("wb") as target:
        shutil.copyfileobj(content, target, 1 << 20)


def read_headers(source: SourceFile, format: sniff.Format, *, find_header: bool = False) -> Iterator[None]:
    """Read the headers in this format; map the columns as last time, or guess. Does not save ``source``.

    Yields now and then. Raises ``Unreadable``.
    """
    kinds = (CONTACTS, ORGANISATIONS) if isinstance(source, Import) else ()
    own = {kind: labels(source.account, kind) for kind in kinds}
    about = source.file, format, source.name, source.kind, own, find_header
    found = yield from apart.call(guessed, *about)
    seen = found.look
    source.kind, source.format, source.headers = found.kind, asdict(seen.format), seen.headers
    shown = [[cell[:SHOWN_OF_CELL] for cell in cells[: len(seen.headers)]] for _, cells in seen.rows[:SHOWN]]
    source.seen = {"rows": shown, "sheets": seen.sheets, "remarks": seen.remarks}
    source.date_order = found.date_order
    if isinstance(source, Import):
        source.refusals = found.refusals
    saved = SavedMapping.objects.filter(kind=source.kind, signature=signature(seen.headers)).first()
    if saved and any(seen.headers) and all(is_target(source.account, code) for code in saved.mapping):
        source.mapping, source.constants = kept(source.account, saved.mapping), saved.constants
        return
    source.mapping = found.mapping
    if not isinstance(source, Import):  # refusals are the accounts' own
        source.mapping = [refusals.REFUSED if code in refusals.TARGETS else code for code in source.mapping]
    source.constants = guess_constants(source.name, seen.headers) if source.kind == CONTACTS else {}


def reread(source: SourceFile, **changed: Any) -> None:
    """Change how the file is read: see ``read_again``. Raises ``Unreadable``."""
    for _ in read_again(source, **changed):
        pass
    source.save()


def read_again(source: SourceFile, header_row: int | None = None, **changed: Any) -> Iterator[None]:
    """Read the headers another way: encoding, delimiter, sheet, header or not. Does not save ``source``.

    ``header_row``: the row that names the columns, from 1; None leaves it where it is, or finds it in another sheet.
    Yields now and then. Raises ``Unreadable``, and leaves ``source`` as it was.
    """
    before = source.read_as
    format = replace(before, **changed)
    moved = header_row is not None and header_row - 1 != before.preamble
    if moved and header_row:
        format = replace(format, preamble=header_row - 1)
    yield from read_headers(source, format, find_header=format.sheet != before.sheet and not moved)


def sample(source: SourceFile) -> list[list[str]]:
    """Return the first rows, to show beside the columns; none for a vCard, which has no columns."""
    return source.seen.get("rows", [])


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


def missing_targets(source: SourceFile) -> list[str]:
    """Return the required targets that no column is mapped to: codes of fields.py."""
    given = {code for code in source.mapping if code != IGNORE} | set(source.constants)
    if source.kind == "organisations":
        return [] if "name" in given else ["name"]
    return [] if given & {"whole_name", "last_name", "first_name", "email"} else ["last_name", "first_name"]
