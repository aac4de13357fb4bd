"""Read the rows of an import's file as cards, with its mapping and options."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from entregent.directory.parties.cards import by_name
from entregent.formats import apart, table
from entregent.formats.errors import Problem

from .cells import RowReader
from .custom_columns import types
from .export_rows import CellWriter, blank, place_of
from .file_card import FileCard
from .messages import ROW_FAILED
from .models import Import
from .planning import Row
from .refusals import RefusalReader, says
from .source import SourceFile
from .vcard import reading as vcard

log = logging.getLogger(__name__)


def raw_rows(source: Import) -> Iterator[object]:
    """Yield the raw rows, to see whether the file can be read to its end, and None as ``apart.each``.

    Raises ``Unreadable``.
    """
    if source.read_as.kind == "vcard":
        return apart.each(vcard.read, source.file, source.read_as.encoding)
    return apart.each(table.read, source.file, source.read_as)


def rows_of(source: Import, skip: int = 0) -> Iterator[Row | None]:
    """Yield the rows as cards, without the first ``skip``, and None as ``apart.each``. Raises ``Unreadable``."""
    if source.read_as.kind == "vcard":
        yield from _rows_of_cards(source, skip)
        return
    reader = reader_of(source, source.mapping, source.constants, types(source.account, source.mapping))
    for read in apart.each(partial(table.read, skip_rows=skip), source.file, source.read_as):
        if read is None:
            yield None
            continue
        line, row = read
        try:
            card, problems = reader.read(row)
        except Exception:
            log.exception("import %s: line %s can't be read", source.pk, line)
            card, problems = {}, [Problem(ROW_FAILED, fatal=True)]
        yield Row(line, row, card, problems)


def _rows_of_cards(source: Import, skip: int) -> Iterator[Row | None]:
    """Yield the cards of a vCard file, with what the user answered about refusals of mailings."""
    refusals = RefusalReader(source.mapping, source.constants, answers_of(source))
    writer = CellWriter(source.mapping, source.account.language)
    for found in apart.each(_cards, source, skip):
        if found is None:
            yield None
            continue
        number, card, problems = found
        cells, problems = writer.cells(blank(card), place_of(card)), list(problems)
        refusals.read(cells, {}, by_name(card), problems)
        problems += [Problem("refusal_unread", "", line) for line in card.get("extra", ()) if says(line)]
        yield Row(number, cells, card, problems)


def cells_of_cards(path: Path, encoding: str, codes: list[str], language: str, most: int) -> list[list[str]]:
    """Return the first cards of a vCard file as rows of cells, in columns of these codes. Touches no database."""
    writer = CellWriter(codes, language)
    found = islice(vcard.read(path, encoding), most)
    return [writer.cells(blank(card), place_of(card)) for _number, card, _problems in found]


def _cards(source: Import, skip: int) -> Iterator[tuple[int, FileCard, list[Problem]]]:
    return islice(vcard.read(source.file, source.read_as.encoding), skip, None)


def answers_of(source: SourceFile) -> dict[int, str]:
    """Return column → whether it speaks of refusals of mailings, as the user answered."""
    asked = source.refusals.items() if isinstance(source, Import) else ()
    return {int(key): one["answer"] for key, one in asked if one["answer"] and key != "file"}


def reader_of(
    source: SourceFile, mapping: Sequence[str], constants: Mapping[str, str], custom: Mapping[str, str]
) -> RowReader:
    """Return a reader of the rows of a file, with its options. ``custom``: as for ``RowReader``."""
    return RowReader(
        mapping, source.headers, constants, source.account.country, source.date_order, source.repair_zeros,
        source.tidy_names, custom, answers_of(source),
    )  # fmt: skip
