"""Folding: text as it is compared, without case, accents, ligatures or punctuation (std F6)."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose, as French (and its neighbours) file them.
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
# Modifier letters that people type for an apostrophe: letters for Unicode, not for us.
_APOSTROPHES = frozenset("ʹʻʼʽˈˊˋ")


def fold_character(character: str) -> str:
    """Return what one character becomes in folded text: letters, digits, a space, or nothing."""
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


class _FoldTable(dict):
    """A table for str.translate that learns each character the first time it is met."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = fold_character(chr(point))
        return folded


FOLD = _FoldTable()


def fold_text(s: str) -> str:
    """Return s without case, accents, ligatures or punctuation, its words one space apart (std F6)."""
    return " ".join(s.translate(FOLD).split())


@lru_cache(maxsize=8_192)
def fold(s: str) -> str:
    """Return the same for a word or a name, which is kept in mind: towns, tags and functions come again."""
    return fold_text(s)


_SAINT = re.compile(r"\bsaint(e?)\b")


def unify(folded: str) -> str:
    """Return folded text with the words saint and sainte written st and ste (std F6)."""
    return _SAINT.sub(r"st\1", folded) if "saint" in folded else folded
