"""Ids as people and programs send them: in addresses, forms, files and JSON."""

LONGEST = 18
"""Digits that fit into a database's integer of 64 bits, whatever they are."""


def read_id(value: object) -> int | None:
    """Return the id that ``value`` says, None when it says none: no digits, too many, or less than 1."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text.isascii() or not text.isdecimal() or len(text) > LONGEST:
        return None
    return int(text) or None


def read_ids(values: object) -> list[int]:
    """Return the ids that a list says, each once, in order; what says none is left out."""
    found = (read_id(value) for value in values) if isinstance(values, list | tuple) else ()
    return list(dict.fromkeys(one for one in found if one is not None))
