"""Parsing of ids received in URLs, forms, files and JSON."""

from collections.abc import Iterable

MOST_DIGITS = 18
"""Any number of this many digits fits into a 64-bit integer."""


def read_id(value: object) -> int | None:
    """Return ``value`` as an id, or None if it is not one: not all digits, too many digits, or less than 1."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text.isascii() or not text.isdecimal() or len(text) > MOST_DIGITS:
        return None
    return int(text) or None


def read_ids(values: object) -> list[int]:
    """Return the ids in a list, without duplicates, in order; skip what is not an id."""
    found = (read_id(value) for value in values) if isinstance(values, list | tuple) else ()
    return list(dict.fromkeys(one for one in found if one is not None))


def read_versions(words: Iterable[str]) -> dict[int, int | None]:
    """Return the ids in a list, each with the version behind its dot (``12.3``), or None; skip what is not an id."""
    parts = [word.partition(".") for word in words]
    return {pk: read_id(version) for text, _, version in parts if (pk := read_id(text)) is not None}
