"""Parsing of ids received in URLs, forms, files and JSON."""

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
