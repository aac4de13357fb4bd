"""Recognise the kind of values in a column from its cells."""

import re
from collections.abc import Callable

from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.names import CIVILITIES
from entregent.kernel.postcodes import looks_like_postal_city
from entregent.kernel.text import fold

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[+(]?\d[\d\s./()\-]{7,}\d(?:\D.*)?")
_WEBSITE = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|ca|quebec|be|ch|lu|example)/?"
)
_POSTAL = re.compile(r"\d{5}|[A-Z]\d[A-Z] ?\d[A-Z]\d|L-\d{4}", re.IGNORECASE)


def share(cells: list[str], test: Callable[[str], object]) -> float:
    """Return the share (0 to 1) of filled cells that pass `test`; 0 if none is filled."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return sum(bool(test(cell)) for cell in filled) / len(filled) if filled else 0.0


def is_phone(cell: str) -> bool:
    """Return whether the cell is a phone number of at least 9 digits."""
    return bool(_PHONE.fullmatch(cell)) and sum(character.isdigit() for character in cell) >= 9


def is_postal_city(cell: str) -> bool:
    """Return whether the cell is a postal code and city, such as "85021 / LA ROCHE-SUR-YON CEDEX"."""
    return len(cell) < 80 and looks_like_postal_city(cell)


def is_date(cell: str) -> bool:
    """Return whether the cell is a date in any format."""
    try:
        parse_date(cell)
    except Bad:
        return False
    return True


def is_civility(cell: str) -> bool:
    """Return whether the cell is a civility: Mme, M., Dr…"""
    return fold(cell) in CIVILITIES


def is_block(cell: str) -> bool:
    """Return whether the cell is an address of several lines."""
    return "\n" in cell


def is_two_names(cell: str) -> bool:
    """Return whether the cell has two or more words without digits, such as "DUPONT Marie"."""
    return 2 <= len(cell.replace(",", " ").split()) <= 6 and not any(c.isdigit() for c in cell)


def is_capitals(cell: str) -> bool:
    """Return whether the cell is a name in capitals."""
    return cell.isupper() and not any(c.isdigit() for c in cell) and len(cell) > 1


def is_capitalised(cell: str) -> bool:
    """Return whether the cell is a short capitalised name: Marie, Jean-Paul, Le Gall."""
    return cell[:1].isupper() and len(cell) <= 40 and all(c.isalpha() or c in " -'’." for c in cell)


# The targets that columns without a known header may get, most reliable test first.
LOOKS = (
    ("email", _EMAIL.search),
    ("website", _WEBSITE.fullmatch),
    ("postal_city", is_postal_city),
    ("postal_code", _POSTAL.fullmatch),
    ("phone", is_phone),
    ("birth_date", is_date),
    ("civility", is_civility),
)
# Targets that cells must confirm when enough of them are filled.
CONFIRMED_BY: dict[str, Callable[[str], object]] = {
    "email": _EMAIL.search,
    "website": lambda cell: "." in cell,
    **dict.fromkeys(("phone", "mobile"), lambda cell: sum(c.isdigit() for c in cell) >= 3),
    **dict.fromkeys(("birth_date", "since", "until"), is_date),
    **dict.fromkeys(("last_name", "first_name", "whole_name"), lambda cell: any(c.isalpha() for c in cell)),
}


def look_of(cells: list[str]) -> str:
    """Return the target that nearly all filled cells match; '' for none."""
    if sum(1 for cell in cells if cell.strip()) < min(2, len(cells)):
        return ""
    return next((target for target, test in LOOKS if share(cells, test) >= 0.8), "")


def is_denied(target: str, cells: list[str]) -> bool:
    """Return whether the cells contradict the target ("E-mail envoyé": oui, non, oui)."""
    test = CONFIRMED_BY.get(target.removesuffix("_2").removesuffix("_3").removeprefix("organisation_"))
    filled = [cell for cell in cells if cell.strip()]
    return test is not None and len(filled) >= 3 and not any(test(cell) for cell in filled)
