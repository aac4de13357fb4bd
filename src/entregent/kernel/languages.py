"""The correspondence languages of a contact: a closed list (std F22)."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from .text import fold

# (ISO 639-1 code, English name), French and English first.
LANGUAGES = [
    ("fr", "French"),
    ("en", "English"),
    ("nl", "Dutch"),
    ("de", "German"),
    ("lb", "Luxembourgish"),
    ("it", "Italian"),
    ("es", "Spanish"),
    ("pt", "Portuguese"),
    ("ar", "Arabic"),
    ("br", "Breton"),
    ("ca", "Catalan"),
    ("co", "Corsican"),
    ("eu", "Basque"),
    ("oc", "Occitan"),
    ("cr", "Cree"),
    ("iu", "Inuktitut"),
    ("pl", "Polish"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
]
_CODES = frozenset(code for code, _ in LANGUAGES)
# ISO 639-2 codes, as some files write them.
_THREE_LETTERS = {
    "fra": "fr", "fre": "fr", "eng": "en", "nld": "nl", "dut": "nl", "deu": "de", "ger": "de", "ltz": "lb",
    "ita": "it", "spa": "es", "por": "pt", "ara": "ar",
}  # fmt: skip


@lru_cache
def _names() -> dict[str, str]:
    """Map each language's folded names (in English, in French and in itself) to its code."""
    names = {fold(english): code for code, english in LANGUAGES}
    for code in _CODES:
        for shown_in in ("fr", code):
            try:
                names.setdefault(fold(Locale(code).get_display_name(shown_in) or ""), code)
            except UnknownLocaleError:
                continue
    return names | _THREE_LETTERS | {"flamand": "nl", "flemish": "nl", "anglaise": "en", "francaise": "fr"}


@lru_cache(maxsize=1_024)
def language_code(s: str) -> str:
    """Return the ISO 639-1 code for a code (fr, fr-CA, fra) or a name in English, French or itself, else ''."""
    words = fold(s)
    first = words.partition(" ")[0]
    return first if first in _CODES else _names().get(words) or _names().get(first) or ""


@lru_cache
def languages(shown_in: str = "fr") -> list[tuple[str, str]]:
    """Return (code, name) of each language in the order of ``LANGUAGES``: French and English first."""
    return [(code, language_name(code, shown_in)) for code, _ in LANGUAGES]


@lru_cache
def language_name(code: str, shown_in: str = "fr") -> str:
    """Return the name of a language; the code itself when it is not one of ``LANGUAGES``."""
    if code not in dict(LANGUAGES):
        return code
    name = Locale(shown_in[:2]).languages.get(code, code)
    return name[:1].upper() + name[1:]
