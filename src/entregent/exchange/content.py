"""Recognise the kind of values in a column from its cells."""

import re
from collections import Counter
from collections.abc import Callable

from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.names import CIVILITIES
from entregent.kernel.postcodes import looks_like_postal_city
from entregent.kernel.text import fold

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[+(]?\d[\d\s./()\-]{7,}\d(?:\D.*)?")
_WEBSITE = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|ca|quebec|be|ch|lu|example)/?"
)
_POSTAL = re.compile(r"\d{5}|[A-Z]\d[A-Z] ?\d[A-Z]\d|L-\d{4}", re.IGNORECASE)


def share(cells: list[str], test: Callable[[str], object]) -> float:
    """Return the share (0 to 1) of filled cells that pass `test`; 0 if none is filled."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return sum(bool(test(cell)) for cell in filled) / len(filled) if filled else 0.0


def repeats(cells: list[str]) -> bool:
    """Return whether few values fill a column, as towns and départements do rather than names."""
    counts = Counter(fold(cell) for cell in cells if cell.strip())
    most = max(counts.values(), default=0)
    return counts.total() >= 4 and most > 1 and (most > counts.total() * 0.5 or len(counts) < counts.total() * 0.25)


def is_phone(cell: str) -> bool:
    """Return whether the cell is a phone number of at least 9 digits."""
    return bool(_PHONE.fullmatch(cell)) and sum(character.isdigit() for character in cell) >= 9


def is_postal_city(cell: str) -> bool:
    """Return whether the cell is a postal code and city, such as "85021 / LA ROCHE-SUR-YON CEDEX"."""
    return len(cell) < 80 and looks_like_postal_city(cell)


def is_date(cell: str) -> bool:
    """Return whether the cell is a date in any format."""
    try:
        parse_date(cell)
    except Bad:
        return False
    return True


def is_civility(cell: str) -> bool:
    """Return whether the cell is a civility: Mme, M., Dr…"""
    return fold(cell) in CIVILITIES


def is_block(cell: str) -> bool:
    """Return whether the cell is an address of several lines."""
    return "\n" in cell


def is_two_names(cell: str) -> bool:
    """Return whether the cell has two or more words without digits, such as "DUPONT Marie"."""
    return 2 <= len(cell.replace(",", " ").split()) <= 6 and not any(c.isdigit() for c in cell)


def is_capitals(cell: str) -> bool:
    """Return whether the cell is a name in capitals."""
    return cell.isupper() and not any(c.isdigit() for c in cell) and len(cell) > 1


def is_capitalised(cell: str) -> bool:
    """Return whether the cell is a short capitalised name: Marie, Jean-Paul, Le Gall."""
    return cell[:1].isupper() and len(cell) <= 40 and all(c.isalpha() or c in " -'’." for c in cell)


# The targets that columns without a known header may get, most reliable test first.
LOOKS = (
    ("email", _EMAIL.search),
    ("website", _WEBSITE.fullmatch),
    ("postal_city", is_postal_city),
    ("postal_code", _POSTAL.fullmatch),
    ("phone", is_phone),
    ("birth_date", is_date),
    ("civility", is_civility),
)


def is_flag(cell: str) -> bool:
    """Return whether the cell is a yes or no, in whatever writing: 1, N, faux."""
    return fold(cell) in _FLAGS


def is_code(cell: str) -> bool:
    """Return whether the cell is an identifier rather than words: 4021, a1b2c3, {"id": 4}."""
    signs = [character for character in cell if character.isalnum()]
    return sum(character.isdigit() for character in signs) * 2 >= len(signs) or cell[:1] in "[{"


def is_body(cell: str) -> bool:
    """Return whether the cell names an organisation: Mairie de Laval, Direction des eaux, Dupont SARL."""
    return not _BODIES.isdisjoint(fold(cell).split())


def is_words(cell: str) -> bool:
    """Return whether the cell is text, and neither a code, a yes or no, an e-mail nor a date."""
    letters = sum(character.isalpha() for character in cell)
    return letters > 1 and not (is_flag(cell) or is_code(cell) or "@" in cell or is_date(cell))


def _is_name(cell: str) -> bool:
    return any(map(str.isalpha, cell)) and cell[0] not in "[{" and "@" not in cell


def _is_region(cell: str) -> bool:
    return is_words(cell) or bool(_DEPARTEMENT.fullmatch(cell))


def _is_day(cell: str) -> bool:
    return is_date(cell) or bool(_YEARLESS.fullmatch(cell))


def _has_digits(count: int) -> Callable[[str], object]:
    return lambda cell: sum(map(str.isdigit, cell)) >= count


_FLAGS = frozenset("0 1 2 o n y oui non yes no vrai faux true false x on off".split())
_BODIES = frozenset(
    """
    mairie commune communes communaute syndicat association assoc asso sarl sas sasu eurl sci snc scop inc ltee ltd
    gmbh direction prefecture ministere lycee college ecole universite hopital centre office agence federation
    fondation club comite conseil chambre ambassade tribunal societe cabinet entreprise ets etablissement maison
    mutuelle banque caisse musee bibliotheque mediatheque theatre ehpad ccas sdis urssaf municipalite amicale union
    institut clinique cooperative groupe service region departement metropole agglomeration company foundation school
    """.split()
)
_DEPARTEMENT = re.compile(r"\d{2,3}|2[AB]|\d{2}[A-Z]{1,2}", re.IGNORECASE)
_YEARLESS = re.compile(r"-?-?\d{1,2}[-/.]\d{1,2}|\d{4}|0{1,4}[-/.]0{1,2}[-/.]0{1,4}")
# What a cell of a target is like; targets that take anything are not here.
_FITS: dict[str, Callable[[str], object]] = {
    "email": _EMAIL.search,
    "website": lambda cell: "." in cell and "@" not in cell,
    **dict.fromkeys(("phone", "mobile", "fax"), _has_digits(6)),
    **dict.fromkeys(("birth_date", "since", "until"), _is_day),
    **dict.fromkeys(("last_name", "first_name", "middle_name", "whole_name", "birth_name"), _is_name),
    **dict.fromkeys(("organisation", "name", "function", "family", "skills"), is_words),
    **dict.fromkeys(("city", "country", "address_block", "postal_city"), is_words),
    "province": _is_region,
    "postal_code": _has_digits(2),
    "code": lambda cell: any(map(str.isdigit, cell)) and not is_flag(cell),
    **dict.fromkeys(("siren", "siret", "neq"), _has_digits(9)),
    "active": is_flag,
    "address": lambda cell: len(cell) > 2 and "@" not in cell and not is_flag(cell),
}
_REPEATS = frozenset({"last_name", "whole_name", "email", "phone", "mobile"})
"""Targets that many rows cannot share."""
ENOUGH = 3
"""How many filled cells say something about a column."""


def fit(target: str, cells: list[str]) -> float:
    """Return how well the cells are what the target says, 0 to 1; 1 if too few are filled to tell."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    plain = target.removesuffix("_2").removesuffix("_3").removeprefix("organisation_")
    test = _FITS.get(plain)
    if test is None or len(filled) < ENOUGH:
        return 1.0
    found = share(filled, test)
    if plain in _REPEATS and len(filled) >= 10 and len(set(filled)) * 5 < len(filled):
        found *= 0.6  # the same few values again and again: rather a category
    return found


def look_of(cells: list[str]) -> str:
    """Return the target that nearly all filled cells match; '' for none."""
    if sum(1 for cell in cells if cell.strip()) < min(2, len(cells)):
        return ""
    return next((target for target, test in LOOKS if share(cells, test) >= 0.8), "")
