"""ODS sheets as a stream of rows, in flat memory (OpenDocument 1.3 part 3, §9 tables and §19 values).

A few bytes of ODS can say "this cell, 16,384 × 1,048,576 times": repeats of blank rows are skipped
without being made, and a row is cut at MAX_COLUMNS.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from .cleaning import CONTROLS
from .errors import Unreadable

MAX_COLUMNS = 2_000
MAX_ROWS = 1_048_576

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def sheets(path: Path | str) -> list[str]:
    """Return the names of the sheets; `path` has passed `container.check`."""
    return [name for event, name, _ in _events(path) if event == "sheet"]


def rows(path: Path | str, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells) of the named sheet, or of the first one with data; blank rows are left out.

    Raises:
        Unreadable: "no_sheet", "empty" or "broken".
    """
    current, found, number = "", False, 0
    for event, value, element in _events(path):
        if event == "sheet":
            if found:
                return
            current, number = value, 0
            found = found or (bool(sheet) and current == sheet)
        elif element is not None and (not sheet or current == sheet):
            repeat = _repeat(element, "number-rows-repeated")
            cells = _cells(element)
            if any(cells):
                found = True
                for offset in range(1, min(repeat, MAX_ROWS - number) + 1):
                    yield number + offset, cells
            number += repeat
    if not found:
        raise Unreadable("no_sheet", sheet=sheet) if sheet else Unreadable("empty")


def uncalculated(path: Path | str, sheet: str) -> int:
    """Return how many cells of a sheet are formulas without a result."""
    current, count = "", 0
    for event, value, element in _events(path):
        if event == "sheet":
            current = value
        elif element is not None and current == sheet:
            count += sum(1 for cell in element if cell.get(f"{_TABLE}formula") and not _value(cell))
    return count


def _events(path: Path | str) -> Iterator[tuple[str, str, ElementTree.Element | None]]:
    """Yield ("sheet", name, None) and ("row", "", element), forgetting each row after it."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as part:
            table = None
            for event, element in ElementTree.iterparse(part, ("start", "end")):  # noqa: S314
                if event == "start":
                    if element.tag == f"{_TABLE}table":
                        table = element
                        yield "sheet", element.get(f"{_TABLE}name", ""), None
                elif element.tag == f"{_TABLE}table-row":
                    yield "row", "", element
                    element.clear()
                    if table is not None:
                        table.clear()
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, OSError) as error:
        raise Unreadable("broken") from error


def _cells(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for element in row:
        if element.tag in _CELLS:
            repeat = min(_repeat(element, "number-columns-repeated"), MAX_COLUMNS - len(cells))
            cells += [_value(element)] * repeat
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _value(cell: ElementTree.Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in ("float", "percentage", "currency"):
        return cell.get(f"{_OFFICE}value", "").removesuffix(".0")
    if kind == "date":
        value = cell.get(f"{_OFFICE}date-value", "")
        return value.removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return "1" if cell.get(f"{_OFFICE}boolean-value") == "true" else "0"
    text = "\n".join(_text(child) for child in cell if child.tag == f"{_TEXT}p")
    return CONTROLS.sub("", "" if text.startswith("#") and kind != "string" else text)


def _text(element: ElementTree.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(_repeat(child, "c", _TEXT), 100))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag != f"{_OFFICE}annotation":
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _repeat(element: ElementTree.Element, name: str, space: str = _TABLE) -> int:
    value = element.get(f"{space}{name}", "1")
    return int(value) if value.isdecimal() and len(value) < 10 else 1
