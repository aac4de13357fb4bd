"""Cards → vCard 3.0 or 4.0 (RFC 2426, RFC 6350; std C4, C5, C7, C15, C17-C19)."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from entregent.directory.fields.field_types import Day, Words
from entregent.directory.fields.register import FIELDS
from entregent.formats.cleaning import CONTROLS

FOLD_AT = 75
PREFIX, SUFFIX = "X-ENTREGENT-PREFIX", "X-ENTREGENT-SUFFIX"
VERSIONS = ("3.0", "4.0")

_STRUCTURED = frozenset({"N", "ORG", "EMAIL", "TEL", "ADR", "URL"})
_PLAIN = tuple(field for field in FIELDS if field.vcard and field.vcard not in _STRUCTURED)
"""Fields written as one property, with one value or a list of words."""
_ONLY_IN_4 = frozenset({"LANG"})
_SPECIAL = re.compile(r"[\\;,\n]")
_KNOWN_TYPES = {"work": "WORK", "home": "HOME", "mobile": "CELL", "fax": "FAX", "pager": "PAGER"}
_UNSAFE_URI = re.compile(r"[\s\x00-\x1f\x7f]")


def write(cards: Iterable[dict[str, Any]], version: str = "3.0") -> Iterator[bytes]:
    """Yield each card (a dict as `vcard.read` gives) as the bytes of one vCard, CRLF and folded.

    FN and N are always written, as 3.0 requires. Control characters other than line ends are removed: one makes
    iOS stop synchronising the whole address book (std C19).

    Raises:
        ValueError: for any other version.
    """
    if version not in VERSIONS:
        raise ValueError(version)
    for card in cards:
        yield b"".join(folded(line) for line in _lines(card, version))


def folded(line: str) -> bytes:
    """Return a content line as UTF-8, folded at 75 octets between characters (RFC 6350 §3.2)."""
    data = line.encode("utf-8", errors="replace")
    if len(data) <= FOLD_AT:
        return data + b"\r\n"
    parts, start, room = [], 0, FOLD_AT
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # not inside a character
            end -= 1
        parts.append(data[start:end])
        start, room = end, FOLD_AT - 1
    return b"\r\n ".join(parts) + b"\r\n"


def _lines(card: dict[str, Any], version: str) -> Iterator[str]:
    organisation = card.get("kind") == "o"
    first, last = card.get("first_name", ""), card.get("last_name", "")
    main_email = (card.get("emails") or [{}])[0].get("value", "")
    shown = card.get("name", "") if organisation else f"{first} {last}".strip()
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"FN:{_text(shown or main_email or '?')}"
    prefix, suffix, extra = _around_name(card.get("extra") or [])
    names = ("" if organisation else last, first, "", card.get("civility", "") or prefix, suffix)
    yield "N:" + ";".join(map(_text, names))
    if organisation:
        yield "KIND:org" if version == "4.0" else "X-ABShowAs:COMPANY"
        yield f"ORG:{_text(shown)}"
    yield from _position(card)
    for plural, name in (("emails", "EMAIL"), ("phones", "TEL"), ("websites", "URL")):
        for index, item in enumerate(card.get(plural) or []):
            value = _UNSAFE_URI.sub("", item["value"]) if name == "URL" else _text(item["value"])
            yield from _labelled(f"{name}", f"{plural}{index}", item, value, version, main=index == 0)
    for index, item in enumerate(card.get("addresses") or []):
        yield from _labelled("ADR", f"address{index}", item, _address(item), version, main=index == 0)
    yield from _scalars(card, version)
    for line in extra:
        if not (line.startswith("KIND:") and organisation):
            yield _one_kind_of_break(line).replace("\n", "\\n")
    yield "END:VCARD"


def _around_name(extra: Iterable[str]) -> tuple[str, str, list[str]]:
    """Return the honorific prefix and suffix, which are kept among the properties without a field, and the rest."""
    found, rest = {PREFIX: "", SUFFIX: ""}, []
    for line in extra:
        name, _colon, value = line.partition(":")
        if name in found and not found[name]:
            found[name] = value
        else:
            rest.append(line)
    return found[PREFIX], found[SUFFIX], rest


def _position(card: dict[str, Any]) -> Iterator[str]:
    position: dict[str, str] = next(iter(card.get("positions") or []), {})
    if name := position.get("organisation_name", ""):
        yield "ORG:" + ";".join(map(_text, filter(None, (name, position.get("service", "")))))
    if function := position.get("function", ""):
        yield f"TITLE:{_text(function)}"


def _scalars(card: dict[str, Any], version: str) -> Iterator[str]:
    for field in _PLAIN:
        value = card.get(field.name)
        if not value or (field.vcard in _ONLY_IN_4 and version != "4.0"):
            continue
        if isinstance(field.type, Words):
            yield f"{field.vcard}:" + ",".join(map(_text, value))
        elif isinstance(field.type, Day):
            day = str(value)
            yield f"{field.vcard}:{day.replace('-', '') if version == '4.0' else day}"
        else:
            yield f"{field.vcard}:{_text(value)}"


def _labelled(name: str, group: str, item: dict[str, Any], value: str, version: str, *, main: bool) -> Iterator[str]:
    """Yield a property with its label: a known TYPE, or Apple's X-ABLabel for other labels."""
    label = item.get("label") or ""
    preferred = (";PREF=1" if version == "4.0" else ";TYPE=PREF") if main and name != "URL" else ""
    if known := _KNOWN_TYPES.get(label):
        yield f"{name};TYPE={known}{preferred}:{value}"
    elif label:
        yield f"{group}.{name}{preferred}:{value}"
        yield f"{group}.X-ABLabel:{_text(label)}"
    else:
        yield f"{name}{preferred}:{value}"


def _address(item: dict[str, Any]) -> str:
    parts = [item.get(key) or "" for key in ("street", "city", "province", "postal_code", "country")]
    return ";".join(["", "", *map(_text, parts)])


def _text(value: str) -> str:
    """Return a value escaped, except `:` (std C5), without control characters."""
    if not value.isprintable():
        value = _one_kind_of_break(value)
    if not _SPECIAL.search(value):
        return value
    return _SPECIAL.sub(lambda found: "\\n" if found[0] == "\n" else "\\" + found[0], value)


def _one_kind_of_break(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return CONTROLS.sub("", value)
