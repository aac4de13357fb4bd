"""Read the rows of an import's file as cards, with its mapping and options."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from entregent.formats import apart, table
from entregent.formats.errors import Problem

from .cells import RowReader
from .custom_columns import types
from .export_rows import CellWriter, blank, place_of
from .file_card import FileCard
from .messages import ROW_FAILED
from .models import Import
from .planning import Row
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
        writer = CellWriter(source.mapping, source.account.language)
        for found in apart.each(_cards, source, skip):
            if found is None:
                yield None
                continue
            number, card, problems = found
            yield Row(number, writer.cells(blank(card), place_of(card)), card, list(problems))
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


def _cards(source: Import, skip: int) -> Iterator[tuple[int, FileCard, list[Problem]]]:
    return islice(vcard.read(source.file, source.read_as.encoding), skip, None)


def reader_of(
    source: SourceFile, mapping: Sequence[str], constants: Mapping[str, str], custom: Mapping[str, str]
) -> RowReader:
    """Return a reader of the rows of a file, with its options. ``custom``: as for ``RowReader``."""
    asked = source.refusals.items() if isinstance(source, Import) else ()
    answers = {int(key): one["answer"] for key, one in asked if one["answer"] and key != "file"}
    return RowReader(
        mapping, source.headers, constants, source.account.country, source.date_order, source.repair_zeros,
        source.tidy_names, custom, answers,
    )  # fmt: skip
