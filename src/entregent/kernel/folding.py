"""Folding: text reduced for comparison, without case, accents, ligatures or punctuation (std F6)."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Letters that Unicode does not decompose, as French and neighbouring languages sort them.
_LETTERS = {
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ı": "i",
    "þ": "th",
    "ħ": "h",
}
# Modifier letters typed instead of an apostrophe: Unicode classes them as letters.
_APOSTROPHES = frozenset("ʹʻʼʽˈˊˋ")


def fold_character(character: str) -> str:
    """Fold one character to letters, digits, a space, or nothing."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_fold_piece(piece) for piece in flat)


def _fold_piece(piece: str) -> str:
    if piece in _LETTERS:
        return _LETTERS[piece]
    category = unicodedata.category(piece)
    if category in ("Mn", "Me", "Cf", "Cs"):
        return ""
    if category[0] in "LN" or category == "Mc":
        return " " if piece in _APOSTROPHES else piece
    return " "


class Table(dict):
    """A table for ``str.translate``, filled by ``made`` for each character on first use."""

    def __init__(self, made: Callable[[str], str]) -> None:
        super().__init__()
        self.made = made

    def __missing__(self, point: int) -> str:
        self[point] = found = self.made(chr(point))
        return found


FOLD = Table(fold_character)


def fold_text(s: str) -> str:
    """Return s without case, accents, ligatures or punctuation, words separated by one space (std F6)."""
    return " ".join(s.translate(FOLD).split())


@lru_cache(maxsize=8_192)
def fold(s: str) -> str:
    """Return `fold_text(s)`, cached: for words and names that recur, such as towns, tags and functions."""
    return fold_text(s)


_SAINT = re.compile(r"\bsaint(e?)\b")


def unify(folded: str) -> str:
    """Replace the words saint and sainte by st and ste in folded text (std F6)."""
    return _SAINT.sub(r"st\1", folded) if "saint" in folded else folded
