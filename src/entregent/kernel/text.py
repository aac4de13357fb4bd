"""Text as people type it: folded for search, cleaned for storage (std F2, F6).

How search works: the rooms above store `searchable(...)` of a card (plus `searchable_email` of its
addresses and `phones.phone_search_text` of its numbers) in one column, and keep the rows whose column
contains every word of `query_words(query)` as a substring. Both sides are folded the same way.
"""

import re
import unicodedata
from functools import lru_cache

from .errors import Bad
from .folding import fold, fold_character, unify
from .sorting import sort_key

__all__ = [
    "clean_line",
    "clean_text",
    "fold",
    "name_key",
    "phone_digits",
    "query_words",
    "searchable",
    "searchable_email",
    "sort_key",
    "unify",
]

SHORT = 255
LONG = 20_000
MAX_QUERY_WORDS = 8
MAX_QUERY_LENGTH = 100

_EMAIL_SIGNS = frozenset("@.-_+'&#~!%*/=?^`{|}$")


class _EmailTable(dict):
    """The fold table, but the signs an e-mail address is made of stay."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        self[point] = folded = character if character in _EMAIL_SIGNS else fold_character(character)
        return folded


_FOLD_EMAIL = _EmailTable()


def searchable(*parts: str | None) -> str:
    """Return the parts folded, unified and one space apart; empty parts are skipped."""
    return unify(" ".join([folded for part in parts if part and (folded := fold(part))]))


def searchable_email(address: str) -> str:
    """Return an e-mail address ready to be searched: no case, no accent, its signs kept.

    A query word with an @ or an inner dot is kept whole by `query_words` and so matches as typed;
    any other query is split into words, each of which matches inside the address. Since a query says
    st for saint, an address holding the word saint is followed by its unified words.
    """
    plain = address.lower() if address.isascii() else address.translate(_FOLD_EMAIL)
    plain = "".join(plain.split())
    words = fold(plain) if "saint" in plain else ""
    unified = unify(words)
    return plain if unified == words else f"{plain} {unified}"


_NOT_DIGIT = re.compile(r"[^0-9]+")
_TRUNK = re.compile(r"\(0\)")


def phone_digits(s: str) -> str:
    """Return the digits of a phone number typed any way: no separator, no + nor 00, no "(0)"."""
    digits = _NOT_DIGIT.sub("", _TRUNK.sub("", s))
    return digits[2:] if digits.startswith("00") else digits


_DIGITS = re.compile(r"\+?[0-9()./\-]*[0-9][0-9()./\-]*")
_SIGNS_AROUND = "<>,;:()[]\"'.-/"


def query_words(q: str) -> list[str]:
    """Return the words of a user's query, each to be looked for as a substring of searchable text.

    A number typed with any separators is one word of digits; a piece of an e-mail address (with @, or a
    dot between letters) is one word; at most 8 words of the first 100 characters.
    """
    words: list[str] = []
    digits: list[str] = []
    for token in [*q[:MAX_QUERY_LENGTH].split(), ""]:
        if _DIGITS.fullmatch(token):
            digits.append(token)
            continue
        words += _number_words(digits)
        digits = []
        words += _text_words(token)
    return list(dict.fromkeys(words))[:MAX_QUERY_WORDS]


def _number_words(tokens: list[str]) -> list[str]:
    """Return one word for a number typed in groups, unless the groups are a house number and a postcode."""
    groups = [digits for token in tokens if (digits := _NOT_DIGIT.sub("", token))]
    if sum(map(len, groups)) < 9 and any(len(group) == 5 for group in groups):
        return groups
    digits = phone_digits(" ".join(tokens))
    return [digits] if digits else []


def _text_words(token: str) -> list[str]:
    token = token.strip(_SIGNS_AROUND)
    if "@" in token or _is_dotted(token):
        return [word] if (word := token.translate(_FOLD_EMAIL).strip()) else []
    return unify(fold(token)).split()


def _is_dotted(token: str) -> bool:
    """Tell whether token is a piece of address (j.dupont, ville.fr) and not initials (J.P.)."""
    before, dot, after = token.partition(".")
    return bool(dot and before and after) and len(before) + len(after) > 2 and not set(token) & set("'’,;")


class _CleanTable(dict):
    """A table for str.translate: invisible characters go, every kind of space becomes a space."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        category = unicodedata.category(character)
        if character.isspace():
            clean = " "
        else:
            clean = "" if category in ("Cc", "Cf", "Cs") else character
        self[point] = clean
        return clean


_CLEAN = _CleanTable()
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def clean_line(s: str, limit: int = SHORT) -> str:
    """Return s fit to be stored on one line: NFC, no control or invisible character, single spaces.

    Raises Bad("too_long") past `limit` characters.
    """
    if not s.isprintable():
        s = s.translate(_CLEAN)
    if "  " in s or s[:1] == " " or s[-1:] == " ":
        s = " ".join(s.split())
    if not s.isascii():
        s = unicodedata.normalize("NFC", s)
    if len(s) > limit:
        raise Bad("too_long", limit=limit)
    return s


def clean_text(s: str, limit: int = LONG) -> str:
    """Return s like `clean_line` but with its line breaks, written \\n; no blank line at either end."""
    text = "\n".join(clean_line(line, limit) for line in _BREAK.split(s)).strip("\n")
    if len(text) > limit:
        raise Bad("too_long", limit=limit)
    return text


@lru_cache(maxsize=8_192)
def name_key(last: str, first: str) -> str:
    """Return the key that is equal for two spellings of the same person's name: "last first" folded."""
    return searchable(last, first)
