"""Read the rows of an import's file as cards, with its mapping and options."""

from collections.abc import Iterator
from itertools import islice

from entregent.formats import table
from entregent.kernel.names import title_case_name

from . import cells
from .custom_columns import types
from .export_rows import CellWriter, blank, place_of
from .file_card import FileCard
from .models import Import
from .planning import Row
from .vcard import reading as vcard


def raw_rows(source: Import) -> Iterator[object]:
    """Yield the raw rows, to see whether the file can be read to its end. Raises ``Unreadable``."""
    if source.read_as.kind == "vcard":
        return vcard.read(source.file, source.read_as.encoding)
    return table.read(source.file, source.read_as)


def rows_of(source: Import, skip: int = 0) -> Iterator[Row]:
    """Yield the rows as cards, without the first ``skip``. Raises ``Unreadable``."""
    if source.read_as.kind == "vcard":
        writer = CellWriter(source.mapping, source.account.language)
        for number, card, problems in islice(vcard.read(source.file, source.read_as.encoding), skip, None):
            yield Row(number, writer.cells(blank(card), place_of(card)), card, list(problems))
        return
    reader = cells.RowReader(
        source.mapping,
        source.headers,
        source.constants,
        country=source.account.country,
        date_order=source.date_order,
        repair_zeros=source.repair_zeros,
        custom=types(source.account, source.mapping),
    )
    for line, row in table.read(source.file, source.read_as, skip_rows=skip):
        card, problems = reader.read(row)
        if source.tidy_names:
            tidy(card)
        yield Row(line, row, card, problems)


def tidy(card: FileCard) -> None:
    """Change a person's names from all capitals to normal spelling (std F1)."""
    if card.get("last_name", "").isupper():
        card["last_name"] = title_case_name(card["last_name"])
    if card.get("first_name", "").isupper():
        card["first_name"] = title_case_name(card["first_name"])
