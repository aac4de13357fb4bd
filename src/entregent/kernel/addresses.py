"""Postal addresses: printed on a label, and parsed from a block of text (std F8, F10, F11)."""

import re

from .countries import country_code, country_name, province_name
from .postcodes import AFTER_BOX, looks_like_postal_city, split_locality
from .text import clean_text


def address_lines(
    street: str,
    postal_code: str = "",
    city: str = "",
    province: str = "",
    country: str = "FR",
    home_country: str = "FR",
) -> list[str]:
    """Return the lines of an address in its country's own layout; the country is added only for mail abroad.

    FR: "75001 PARIS CEDEX 02" (NF Z10-011); CA: "Montréal (Québec)  H2X 1Y4", two spaces before the code
    (OQLF); BE, CH: "1000 Bruxelles"; LU: "L-1234 Luxembourg".
    """
    lines = [line.strip() for line in street.splitlines() if line.strip()]
    lines.append(_locality_line(postal_code, city, province, country))
    if country and country != home_country:
        lines.append(country_name(country).upper())
    return [line for line in lines if line]


def _locality_line(postal_code: str, city: str, province: str, country: str) -> str:
    if country == "CA":
        place = f"{city} ({province_name('CA', province)})" if province else city
        return f"{place}  {postal_code}".strip()
    if country == "FR":
        city = city.upper()
    elif country in {"US", "AU"}:
        return f"{city} {province} {postal_code}".strip()
    elif country in {"GB", "IE"}:
        return f"{city} {postal_code}".strip()
    before = "L-" if country == "LU" and postal_code else ""  # elsewhere the country's line is enough
    return f"{before}{postal_code} {city}".strip()


def split_address_block(block: str, country: str = "FR") -> dict[str, str]:
    """Split an address written on several lines, or on one with commas.

    Returns a dict with street, postal_code, city, province and country. The street keeps its line breaks;
    country is '' unless the block names it.
    """
    lines = [line.strip(" ,;") for line in _lines(block)]
    named = country_code(lines[-1]) if len(lines) > 1 else ""
    if named and lines[-1].lower() not in {"québec", "quebec", "luxembourg"}:
        lines.pop()
    else:
        named = ""
    found = {"street": "", "postal_code": "", "city": "", "province": "", "country": named}
    index = next(
        (i for i in range(len(lines) - 1, -1, -1) if looks_like_postal_city(lines[i], named or country)), None
    )
    if index is None:
        return found | {"street": "\n".join(lines)}
    postal_code, city, province = split_locality(lines.pop(index), named or country)
    return found | {
        "street": "\n".join(lines),
        "postal_code": postal_code,
        "city": city,
        "province": province,
    }


# "12, rue X - 85000 La Roche": the town follows the last code of four or five digits, or the last comma.
_ONE_LINE = re.compile(
    r"(.+?)[\s,;|\-–]+((?:(?:F|B|L|CH)-)?\d{4,5}[\s,]+[^\W\d].*|[^,]*\b[A-Z]\d[A-Z] ?\d[A-Z]\d)",
    re.IGNORECASE,
)
_TRAILING_COUNTRY = re.compile(r"(.+?)[\s]*[,;|(\-–]\s*([^\W\d][^\d,;|()]+)\)?")


def _lines(block: str) -> list[str]:
    lines = [line for line in clean_text(block).split("\n") if line]
    if len(lines) != 1:
        return lines or [""]
    country = _TRAILING_COUNTRY.fullmatch(lines[0])
    rest, named = country.groups() if country and country_code(country[2]) else (lines[0], "")
    found = _ONE_LINE.fullmatch(rest)
    if not found or not looks_like_postal_city(found[2]) or AFTER_BOX.search(found[1]):
        return lines
    return [*found.groups(), named] if named else list(found.groups())
