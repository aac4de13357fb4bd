"""Split and normalise the values in a cell (std C24, C26, C27, F12, F16)."""

import json
import re
from functools import lru_cache

from entregent.directory.fields.field_types import Choice
from entregent.directory.fields.register import BY_NAME
from entregent.kernel.dates import EARLIEST_BIRTH, parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.text import clean_text, fold

GOOGLE_SEPARATOR = ":::"

_OWN_GROUPS = frozenset({"mycontacts", "my contacts", "mes contacts", "starred"})
_AROUND_AT = re.compile(r"\s*@\s*")
_SEVERAL = re.compile(r"[ \t\n;,<*/|]")
_BETWEEN_EMAILS = re.compile(r"[;,\s/|]+")
_IN_BRACKETS = re.compile(r"<([^<>@\s]+@[^<>\s]+)>")
_SITE = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|info|ca|quebec|be|ch|lu|bzh|gouv|re|nc|pf|example)(?:/\S*)?",
    re.IGNORECASE,
)
_BETWEEN_PHONES = re.compile(r"\s*(?:[;\n|]|\s/\s|/|,|\bou\b|\bor\b|\bet\b)\s*")
_BETWEEN_TAGS = re.compile(r"\s*(?:[;,|\n]|:::)\s*")
_NO = frozenset("non no n false faux 0 inactif inactive desactive desactivee off".split())
_EXPONENT = re.compile(r"([1-9])(?:[.,](\d+))?[eE]\+(\d{1,2})")
_NO_DAYS = frozenset({"1901-01-01", "01/01/1901", "1899-12-30", "30/12/1899", "1900-01-00", "00/01/1900"})
_YEARLESS = re.compile(r"-?-?\d{1,2}[-/.]\d{1,2}\.?|1604-\d\d-\d\d|\d{1,2} [^\W\d]{3,9}\.?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def unpacked(cell: str) -> str | None:
    """Return a cell as it is, or the texts of one that is a JSON list of texts; None if it is any other JSON."""
    if cell[:1] not in ("[", "{"):
        return cell
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    if isinstance(found, dict):
        return None if found else ""
    texts = [one for one in found if one not in (None, "")]
    if any(isinstance(one, dict | list) for one in texts):
        return None
    text = "; ".join(map(str, texts))
    return clean_text(text, 3 * len(text))  # JSON can name NUL and halves of signs, which no database stores


def emails(cell: str) -> tuple[list[str], list[str]]:
    """Return (addresses, websites given in place of an address, to be left out and counted)."""
    if cell.count("@") == 1 and not _SEVERAL.search(cell):
        return [cell], []
    text = _AROUND_AT.sub("@", cell)
    if found := _IN_BRACKETS.findall(text):
        return found, []
    pieces = [piece.lstrip("*") for piece in _BETWEEN_EMAILS.split(text.replace(GOOGLE_SEPARATOR, " "))]
    pieces = [piece for piece in pieces if piece]
    if "@" in text and all("@" in piece for piece in pieces):
        return list(dict.fromkeys(pieces)), []
    if _SITE.fullmatch(text):
        return [], [cell]
    return [cell], []  # the directory refuses it, with a reason


def phones(cell: str) -> list[str]:
    """Return the phone numbers of a cell; "03 23 … / appeler le 17" stays one, with its note."""
    if len(cell) < 17 and GOOGLE_SEPARATOR not in cell:
        return [cell]
    if GOOGLE_SEPARATOR in cell:
        return [piece.strip() for piece in cell.split(GOOGLE_SEPARATOR) if piece.strip()]
    pieces = [piece for piece in _BETWEEN_PHONES.split(cell) if piece]
    if len(pieces) > 1 and all(sum(c.isdigit() for c in piece) >= 8 for piece in pieces):
        return pieces
    return [cell]


def websites(cell: str) -> list[str]:
    """Return the websites of a cell."""
    if GOOGLE_SEPARATOR in cell:
        return [piece.strip() for piece in cell.split(GOOGLE_SEPARATOR) if piece.strip()]
    pieces = cell.replace(";", " ").split()
    return pieces if len(pieces) > 1 and all("." in piece for piece in pieces) else [cell]


def tags(cell: str) -> list[str]:
    """Return the tags of a cell, without Google's own groups ("* myContacts", std C24)."""
    names = [piece.removeprefix("*").strip() for piece in _BETWEEN_TAGS.split(cell)]
    return [name for name in names if name and name.casefold() not in _OWN_GROUPS]


@lru_cache(maxsize=16_384)
def date(cell: str, order: str) -> str:
    """Return an ISO date; if the cell is not a date, return it unchanged for the directory to refuse."""
    try:
        return parse_date(cell, order).isoformat()
    except Bad:
        return cell


def restored(cell: str) -> str | None:
    """Return a whole number that a spreadsheet wrote as 1,5E+03, or the cell as it is; None if digits are lost."""
    found = _EXPONENT.fullmatch(cell) if "+" in cell else None
    if not found:
        return cell
    whole, decimals, exponent = found[1], found[2] or "", int(found[3])
    if exponent > 30 or len(decimals) > exponent:
        return cell
    if len(decimals) < exponent - 1 and exponent > 5:
        return None  # 6,40E+08 was 640 and six digits that nobody knows
    return whole + decimals.ljust(exponent, "0")


@lru_cache(maxsize=16_384)
def no_day(cell: str, order: str, this_year: int) -> str:
    """Return why a birth date is none that a field can hold: "" (it may be one), "empty" or "partial".

    Programs write 0000-00-00, 0/0/00 or 1901-01-01 for no date; birthdays may lack their year, or have 1604 for it.
    """
    digits = re.findall(r"\d+", cell)
    if digits and not any(map(int, digits)):
        return "empty"
    if cell.strip() in _NO_DAYS:
        return "empty"
    year = date(cell, order)[:4]
    impossible = year.isdecimal() and not EARLIEST_BIRTH <= int(year) <= this_year
    return "partial" if impossible or _YEARLESS.fullmatch(cell.strip()) else ""


def is_year(cell: str) -> bool:
    """Return whether the cell is only a year, which a date field can't hold."""
    return bool(_YEAR.fullmatch(cell))


@lru_cache(maxsize=1_024)
def is_choice(target: str, cell: str) -> bool:
    """Return whether the cell is one of the field's choices, in any spelling."""
    field_type = BY_NAME[target].type
    assert isinstance(field_type, Choice)  # noqa: S101
    try:
        field_type.check(cell)
    except Bad:
        return False
    return True


def is_active(cell: str) -> bool:
    """Return False for no, non, 0, inactif…; True for anything else."""
    return fold(cell) not in _NO


def has_digit(cell: str) -> bool:
    """Return whether a phone number contains a digit."""
    return any(map(str.isdigit, cell))


def date_order(cells: list[str]) -> str:
    """Return "dmy" or "mdy", as a column's numeric dates show; '' if all can be read both ways (std F16)."""
    numeric = [re.match(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}\b", cell.strip()) for cell in cells]
    pairs = [(int(found[1]), int(found[2])) for found in numeric if found]
    if any(first > 12 for first, _ in pairs):
        return "dmy"
    if any(second > 12 for _, second in pairs):
        return "mdy"
    return "" if pairs else "dmy"
