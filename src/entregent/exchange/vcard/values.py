"""Convert single values of vCards: labels, numbers, addresses, dates (std C8-C11, C14)."""

import re
from urllib.parse import unquote

from entregent.directory.fields.field_types import ADDRESS_PARTS
from entregent.directory.fields.register import BY_NAME
from entregent.formats.contentline import Property
from entregent.kernel.errors import Bad

# Known labels are codes that the pages translate; others are kept as typed.
NOT_MAIN = frozenset({"fax", "pager"})
OWN_GROUPS = frozenset({"mycontacts", "my contacts", "mes contacts", "starred", "* mycontacts"})

_TYPES = (
    ("fax", "fax"),
    ("pager", "pager"),
    ("cell", "mobile"),
    ("mobile", "mobile"),
    ("iphone", "mobile"),
    ("main", "main"),
    ("work", "work"),
    ("home", "home"),
    ("other", "other"),
)
_SILENT = frozenset(
    {"voice", "text", "textphone", "internet", "pref", "x400", "postal", "parcel", "dom", "intl", "msg", ""}
)
_APPLE_LABEL = re.compile(r"_\$!<(.+)>!\$_")
_APPLE_WORDS = {
    "homepage": "homepage",
    "mobile": "mobile",
    "homefax": "fax",
    "workfax": "fax",
    "assistantphone": "assistant",
}
_WEBSITE = re.compile(r"(?:https?://)?[^\s/@]+\.[^\s/@]+(?:/\S*)?", re.IGNORECASE)
_EXTENSION = re.compile(r";ext(?:ension)?=([0-9]+)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?")
_NO_YEAR = "1604"  # Apple's value for a birthday without a year


def label(property: Property, labels: dict[str, str]) -> str:
    """Return the label of a property: its group's (std C8), else its type's (std C9), else ''."""
    if own := labels.get(property.head.group, "") if property.head.group else "":
        found = _APPLE_LABEL.fullmatch(own)
        word = found[1].lower() if found else own
        return _APPLE_WORDS.get(word, word).strip()[:60]
    types = property.head.types
    for word, known in _TYPES:
        if word in types:
            return known
    return next((word.removeprefix("x-") for word in types if word not in _SILENT), "")[:60]


def distinct(items: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return items without those that differ from an earlier one only in the label."""
    if len(items) == 1:
        return items
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for item in items:
        key = tuple(value.casefold() for name, value in item.items() if name != "label")
        found.setdefault(key, item)
    return list(found.values())


def civility(prefix: str) -> str:
    """Return the civility for an honorific prefix; '' if it is not one of ours."""
    try:
        return BY_NAME["civility"].type.check(prefix)  # type: ignore[attr-defined]
    except Bad:
        return ""


def phone(text: str) -> str:
    """Return a number as typed; `tel:+33-1-…;ext=12` becomes number and extension (RFC 3966, std C10)."""
    text = text.strip()
    if text[:4].lower() != "tel:":
        return text
    number = unquote(text[4:])
    extension = _EXTENSION.search(number)
    number = number.partition(";")[0].replace("-", " ")
    return f"{number} poste {extension[1]}" if extension else number


def is_website(text: str) -> bool:
    """Return whether a URL is a web page (not im:, skype:, a file…)."""
    return bool(_WEBSITE.fullmatch(text))


def address(parts: list[str]) -> dict[str, str]:
    """Return the address from the 7 parts of ADR; {} if empty. A PO box becomes a street line (std C11)."""
    parts = [part.strip(" ,\n\t") for part in parts] + [""] * 7
    box, extended, street, city, province, postal_code, country = parts[:7]
    lines = [line.strip() for part in (extended, street, box) for line in part.splitlines() if line.strip()]
    found = {
        "street": "\n".join(lines),
        "postal_code": postal_code,
        "city": " ".join(city.split()),
        "province": " ".join(province.split()),
        "country": " ".join(country.split()),
    }
    return found if any(found.values()) else {}


def printed_address(text: str) -> dict[str, str]:
    """Return the address from a LABEL, whose lines are as printed. Used only without an ADR."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return dict.fromkeys((*ADDRESS_PARTS, "label"), "") | {"street": "\n".join(lines)}


def birth_date(property: Property) -> str:
    """Return the ISO date of a BDAY; '' if it has no year or is not a date (std C14)."""
    found = _DATE.fullmatch(property.value.strip())
    if not found or found[1] in (_NO_YEAR, property.head.params.get("X-APPLE-OMIT-YEAR")):
        return ""
    return f"{found[1]}-{found[2]}-{found[3]}"


def language(text: str) -> str:
    """Return the ISO 639-1 part of a language tag ("fr-CA" → "fr")."""
    code = text.strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isalpha() else ""
