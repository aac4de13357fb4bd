"""What a spreadsheet holds that rows can't show: other sheets, formulas never calculated, errors, merged cells."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from . import container, opendocument, spreadsheet

LOOKED_AT = 60
MOST_SHEETS = 30
CHUNK = 1024 * 1024
FORMULAS, ERRORS, MERGED = "formulas", "errors", "merged"

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EMPTY_FORMULA = re.compile(rb"(?:</f>|<f\b[^<>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_ERROR = re.compile(rb"<c\b[^<>]*\bt=\"e\"")
_MERGED = re.compile(rb"<mergeCell\b")
_END = b"</c>"


def best_sheet(path: Path | str, kind: str) -> str:
    """Return the first visible sheet that is a table of at least three columns, else of two, else any with data.

    A sheet of explanations often stands before the table. '' if there is no data at all.
    """
    widths: dict[str, int] = {}
    names = spreadsheet.sheets(path, kind)[:MOST_SHEETS]
    for name, rows in spreadsheet.beginnings(path, kind, names, LOOKED_AT):
        counts = [filled for cells in rows if (filled := sum(1 for cell in cells if cell.strip()))]
        if counts:
            usual = Counter(counts).most_common(1)[0][0]
            widths[name] = min(usual, 3) if len(counts) > 1 else 1
    return max(widths, key=lambda name: widths[name], default="")


def remarks(path: Path | str, kind: str, sheet: str) -> dict[str, int]:
    """Return what a sheet holds of formulas without a result, errors and merged ranges: code → how many."""
    found = Counter[str]()
    if kind == "ods":
        found[FORMULAS] = opendocument.uncalculated(path, sheet)
    else:
        with container.opened(path) as archive:
            for text in _cells(archive, _part(archive, sheet)):
                found[FORMULAS] += len(_EMPTY_FORMULA.findall(text))
                found[ERRORS] += len(_ERROR.findall(text))
                found[MERGED] += len(_MERGED.findall(text))
    return {name: count for name, count in found.items() if count}


def _cells(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield the text of a part in pieces that end between cells."""
    if part not in archive.namelist():
        return
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            text = rest + chunk
            end = text.rfind(_END) + len(_END) if _END in text else 0
            yield text[:end]
            rest = text[end:] if len(text) - end < CHUNK else b""
    yield rest


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that holds a sheet; '' if it is not found."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - container.check refused entities
    wanted = next((one.get(_RELATION) for one in book.iter(f"{_MAIN}sheet") if one.get("name") == sheet), None)
    if wanted is None or "xl/_rels/workbook.xml.rels" not in archive.namelist():
        return ""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next((one.get("Target", "") for one in relations if one.get("Id") == wanted), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
