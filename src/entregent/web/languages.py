"""The languages that one writes to contacts in, by their names in the reader's language."""

from functools import lru_cache

from babel import Locale

from entregent.kernel.languages import LANGUAGES


@lru_cache
def languages(shown_in: str = "fr") -> list[tuple[str, str]]:
    """(code, name) of each, French and English first, as ``kernel.languages`` orders them."""
    return [(code, language_name(code, shown_in)) for code, _ in LANGUAGES]


@lru_cache
def language_name(code: str, shown_in: str = "fr") -> str:
    """The name of a language of the closed list; the code itself when it is none of it."""
    if code not in dict(LANGUAGES):
        return code
    name = Locale(shown_in[:2]).languages.get(code, code)
    return name[:1].upper() + name[1:]
