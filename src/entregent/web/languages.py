"""The languages in which contacts are written to, named in the reader's language."""

from functools import lru_cache

from babel import Locale

from entregent.kernel.languages import LANGUAGES


@lru_cache
def languages(shown_in: str = "fr") -> list[tuple[str, str]]:
    """Return (code, name) of each language in the order of ``kernel.languages``: French and English first."""
    return [(code, language_name(code, shown_in)) for code, _ in LANGUAGES]


@lru_cache
def language_name(code: str, shown_in: str = "fr") -> str:
    """Return the name of a language; the code itself when it is not one of ``LANGUAGES``."""
    if code not in dict(LANGUAGES):
        return code
    name = Locale(shown_in[:2]).languages.get(code, code)
    return name[:1].upper() + name[1:]
