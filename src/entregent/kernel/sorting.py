"""Sort keys: strings that sort in French alphabetical order when compared byte by byte (std F4)."""

import unicodedata
from functools import cache, lru_cache

from .folding import FOLD, fold

MAX_LENGTH = 200

# Printable, so safe in both databases and in any dump, and ordered as the comparison requires:
# end of a level < end of a part < end of a word < any digit or letter ("Le, Zoé" before "Le Gall, Ana").
_LEVEL, _PART, _WORD = " ", "!", "-"
# Secondary weights: accents in the order of the Unicode collation (DUCET).
_ACCENTS = {
    "\u0301": "2", "\u0300": "3", "\u0306": "4", "\u0302": "5", "\u030c": "6", "\u030a": "7", "\u0308": "8",
    "\u030b": "9", "\u0303": "a", "\u0307": "b", "\u0328": "c", "\u0327": "d", "\u0304": "e",
}  # fmt: skip
_OTHER_ACCENT = "f"
_UPPER = dict.fromkeys(range(ord("A"), ord("Z") + 1), "1")
_CASE = {point: _UPPER.get(point, "0" if chr(point).isalnum() else "") for point in range(128)}


@lru_cache(maxsize=8_192)
def sort_key(*parts: str, locale: str = "fr") -> str:
    """Return a string whose byte order is the alphabetical order of the parts, compared one after another.

    Letters are compared first, then accents (from the end in fr-CA, from the start elsewhere), then case,
    lower case first. For use with SQLite's BINARY and PostgreSQL's "C" collations, in UTF-8.
    """
    letters = _PART.join([fold(part).replace(" ", _WORD) for part in parts])
    text = "".join(parts)
    if text.isascii():
        accents, case = "", text.translate(_CASE)
    else:
        accents, case = _levels(text)
        if locale.replace("_", "-").lower() == "fr-ca":
            accents = accents[::-1]
    key = f"{letters}{_LEVEL}{accents.rstrip('0')}{_LEVEL}{case.rstrip('0')}"
    return key.rstrip(_LEVEL)[:MAX_LENGTH].rstrip(_LEVEL)


def _levels(text: str) -> tuple[str, str]:
    """Return the secondary (accents) and tertiary (case) keys: one sign for each letter of the folded text."""
    signs = [_signs(character) for character in unicodedata.normalize("NFC", text)]
    return "".join([accents for accents, _ in signs]), "".join([case for _, case in signs])


@cache
def _signs(character: str) -> tuple[str, str]:
    """Return the secondary and tertiary signs of a character."""
    letters = FOLD[ord(character)].replace(" ", "")
    marks = [mark for mark in unicodedata.normalize("NFD", character)[1:] if unicodedata.combining(mark)]
    accent = _ACCENTS.get(marks[0], _OTHER_ACCENT) if marks else "0"
    case = "1" if character.isupper() else "0" if marks or letters == character else "2"
    return accent * len(letters), case * len(letters)
