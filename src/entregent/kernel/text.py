"""User-typed text: folded for search, cleaned for storage (std F2, F6).

How search works: the rooms above store `searchable(...)` of a record (plus `searchable_email` of its
addresses and `phones.phone_search_text` of its numbers) in one column, and select the rows whose column
contains every word of `query_words(query)` as a substring. Both sides are folded the same way.
"""

import re
import unicodedata
from functools import lru_cache

from .errors import Bad
from .folding import Table, fold, fold_character, unify

MAX_LINE = 255
MAX_TEXT = 20_000
MAX_QUERY_LENGTH = 200

_EMAIL_SIGNS = frozenset("@.-_+'&#~!%*/=?^`{|}$")


_FOLD_EMAIL = Table(lambda character: character if character in _EMAIL_SIGNS else fold_character(character))


def searchable(*parts: str | None) -> str:
    """Return the parts folded, unified and joined by spaces; skip empty parts."""
    return unify(" ".join([folded for part in parts if part and (folded := fold(part))]))


def searchable_email(address: str) -> str:
    """Return the searchable form of an e-mail address: no case, no accents, its signs kept.

    `query_words` keeps a word with an @ or an inner dot whole, so it matches as typed; it splits any other
    query into words, each of which matches inside the address. Queries are unified (saint becomes st), so an
    address that contains the word saint is followed by its unified words.
    """
    plain = address.lower() if address.isascii() else address.translate(_FOLD_EMAIL)
    plain = "".join(plain.split())
    words = fold(plain) if "saint" in plain else ""
    unified = unify(words)
    return plain if unified == words else f"{plain} {unified}"


_NOT_DIGIT = re.compile(r"[^0-9]+")
_TRUNK = re.compile(r"\(0\)")


def phone_digits(s: str) -> str:
    """Return the digits of a phone number, without separators, leading + or 00, or "(0)"."""
    digits = _NOT_DIGIT.sub("", _TRUNK.sub("", s))
    return digits[2:] if digits.startswith("00") else digits


_DIGITS = re.compile(r"\+?[0-9()./\-]*[0-9][0-9()./\-]*")
_SIGNS_AROUND = "<>,;:()[]\"'.-/"


def query_words(q: str) -> list[str]:
    """Split a search query into folded words, each to be matched as a substring of searchable text.

    A number, whatever its separators, is one word of digits; part of an e-mail address (with an @, or a dot
    between letters) is one word. Raises Bad("too_long") beyond 200 characters: fewer words would find more.
    """
    if len(q) > MAX_QUERY_LENGTH:
        raise Bad("too_long", limit=MAX_QUERY_LENGTH)
    words: list[str] = []
    digits: list[str] = []
    for token in [*q.split(), ""]:
        if _DIGITS.fullmatch(token):
            digits.append(token)
            continue
        words += _number_words(digits)
        digits = []
        words += _text_words(token)
    return list(dict.fromkeys(words))


def _number_words(tokens: list[str]) -> list[str]:
    """Join a number typed in groups into one word, unless the groups are a house number and a postcode."""
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
    """Return whether token is part of an address (j.dupont, ville.fr) rather than initials (J.P.)."""
    before, dot, after = token.partition(".")
    return bool(dot and before and after) and len(before) + len(after) > 2 and not set(token) & set("'’,;")


def _clean_character(character: str) -> str:
    """Turn any kind of space into a space, and remove invisible characters."""
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character


_CLEAN = Table(_clean_character)
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def clean_line(s: str, limit: int = MAX_LINE) -> str:
    """Return s cleaned for storage as one line: NFC, no control or invisible characters, single spaces.

    Raises Bad("too_long") beyond `limit` characters.
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


def clean_text(s: str, limit: int = MAX_TEXT) -> str:
    """Clean each line of s like `clean_line`, joined by \\n, without blank lines at either end.

    Raises Bad("too_long") beyond `limit` characters.
    """
    text = "\n".join(clean_line(line, limit) for line in _BREAK.split(s)).strip("\n")
    if len(text) > limit:
        raise Bad("too_long", limit=limit)
    return text


@lru_cache(maxsize=8_192)
def name_key(last: str, first: str) -> str:
    """Return a key that is equal for different spellings of the same name: "last first", folded."""
    return searchable(last, first)
