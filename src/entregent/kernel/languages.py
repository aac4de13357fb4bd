"""The correspondence languages of a contact: a closed list (std F22)."""

from contextlib import suppress
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from .text import fold

LANGUAGES = tuple("fr en nl de lb it es pt ar br ca co eu oc cr iu pl ro ru tr uk vi zh".split())
"""Their ISO 639-1 codes, French and English first."""
_NOT_IN_CLDR = {("cr", "fr"): "cri"}
# ISO 639-2 codes, as some files write them, and other names.
_OTHER_WORDS = {
    "fra": "fr", "fre": "fr", "eng": "en", "nld": "nl", "dut": "nl", "deu": "de", "ger": "de", "ltz": "lb",
    "ita": "it", "spa": "es", "por": "pt", "ara": "ar",
    "anglaise": "en", "cri": "cr", "flamand": "nl", "flemish": "nl", "francaise": "fr",
}  # fmt: skip


@lru_cache
def _names() -> dict[str, str]:
    """Map each language's folded names (in English, in French and in itself) to its code."""
    names: dict[str, str] = {}
    for code in LANGUAGES:
        for shown_in in ("en", "fr", code):
            with suppress(UnknownLocaleError, KeyError):  # not every language has its names in CLDR
                names.setdefault(fold(Locale(shown_in).languages[code]), code)
    return names | _OTHER_WORDS


@lru_cache(maxsize=1_024)
def language_code(s: str, whole: bool = False) -> str:
    """Return the ISO 639-1 code for a code (fr, fr-CA, fra) or a name in English, French or itself, else ''.

    Of several words the first may be enough: «français (Canada)»; not if `whole`.
    """
    words = fold(s)
    if whole and len(s.split()) > 1:
        return _names().get(words, "")
    first = words.partition(" ")[0]
    return first if first in LANGUAGES else _names().get(words) or _names().get(first) or ""


@lru_cache
def languages(shown_in: str = "fr") -> list[tuple[str, str]]:
    """Return (code, name) of each language in the order of ``LANGUAGES``: French and English first."""
    return [(code, language_name(code, shown_in)) for code in LANGUAGES]


@lru_cache
def language_name(code: str, shown_in: str = "fr") -> str:
    """Return the name of a language; the code itself when it is not one of ``LANGUAGES``."""
    if code not in LANGUAGES:
        return code
    name = _NOT_IN_CLDR.get((code, shown_in[:2])) or Locale(shown_in[:2]).languages.get(code, code)
    return name[:1].upper() + name[1:]
