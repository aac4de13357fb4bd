"""Cells as the other rooms get them: no control character, no neutralising apostrophe (std C19, C31)."""

import re

# Line breaks and tabs are kept: an address has several lines.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
# What `csv_out` writes before a cell that a spreadsheet would take for a formula.
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


def restore(cells: list[str]) -> list[str]:
    """Return cells without the apostrophe that an export puts before = + - @ TAB CR."""
    return [restore_cell(cell) if cell and cell[0] == "'" else cell for cell in cells]


def restore_cell(cell: str) -> str:
    """Return one cell without its neutralising apostrophe (the exact inverse of `csv_out.neutralise`)."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell
