"""Tell whether organisations of the same name are one: by what identifies them, else by their places and addresses.

Two are one if nothing that both give contradicts, and something agrees or the name alone says enough. Two in doubt
are kept apart, for the user to compare.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from entregent.directory.parties.cleaning import Clean
from entregent.kernel.departments import department_code
from entregent.kernel.emails import is_free_domain
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold, name_key

IDENTIFIERS = ("code", "siret", "neq", "vat_number")
_PLACE = ("towns", "postal_codes", "provinces", "domains")
_CEDEX = re.compile(r"\s+cedex\b.*")
_SAINT = re.compile(r"\b(st|ste)\b")
_COMMON = frozenset(
    "mairie|commune|ville|prefecture|sous prefecture|hopital|centre hospitalier|ehpad|clinique|ecole|ecole primaire|"
    "ecole maternelle|college|lycee|universite|ccas|tresorerie|gendarmerie|police municipale|pharmacie|mediatheque|"
    "bibliotheque|office de tourisme|communaute de communes|departement|region|conseil departemental|musee|theatre|"
    "centre social|paroisse|chorale|comite des fetes|association|entreprise|societe|direction|secretariat".split("|")
)
"""Names that many organisations have, so that the name alone says nothing."""


class Verdict(Enum):
    """Whether two organisations are one."""

    SAME = "same"
    DOUBT = "doubt"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Body:
    """What tells an organisation from another of its name. Empty values are not known."""

    name: str
    code: str = ""
    siren: str = ""
    siret: str = ""
    neq: str = ""
    vat_number: str = ""
    towns: frozenset[str] = frozenset()
    postal_codes: frozenset[str] = frozenset()
    """As written without spaces; «32*» for a CEDEX code, of which only the beginning is that of the town."""
    provinces: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()


def body(values: Mapping[str, Any], addresses: Iterable[Mapping[str, Any]], emails: Iterable[str]) -> Body:
    """Return the body of an organisation's columns, addresses and e-mail addresses."""
    places = [
        (address["city"] or "", address["postal_code"] or "", address["province"] or "") for address in addresses
    ]
    return Body(
        name_key(values["name"], ""),
        **{name: values.get(name) or "" for name in ("code", "siren", "siret", "neq", "vat_number")},
        towns=frozenset(filter(None, (town(city) for city, _postal, _province in places))),
        postal_codes=frozenset(filter(None, (_postal(postal, city) for city, postal, _province in places))),
        provinces=frozenset(filter(None, (_province(province) for _city, _postal, province in places))),
        domains=frozenset(filter(None, map(_domain, emails))),
    )


def body_of_place(place: Mapping[str, Any]) -> Body:
    """Return the body of the organisation that a position names."""
    values = {"name": place["organisation_name"], "code": place["organisation_code"]}
    address = {part: place[f"organisation_{part}"] for part in ("city", "postal_code", "province")}
    return body(values, [address], [place["organisation_email"]])


def body_of(clean: Clean) -> Body:
    """Return the body of an organisation's card."""
    return body(clean.columns, clean.addresses, [email.key for email in clean.emails])


@lru_cache(maxsize=8_192)
def town(city: str) -> str:
    """Return a town as it is compared: «Saint-Martin CEDEX 2» and «ST MARTIN» are one."""
    return _SAINT.sub(lambda found: f"sain{found[1][1:]}", _CEDEX.sub("", fold(city)))


def _postal(code: str, city: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return f"{plain[:2]}*" if plain and "cedex" in fold(city) else plain


@lru_cache(maxsize=1_024)
def _province(text: str) -> str:
    try:
        return department_code(text) if text else ""
    except Bad:
        return fold(text)


def _domain(address: str) -> str:
    domain = address.rpartition("@")[2].casefold()
    return "" if is_free_domain(domain) else domain


def compare(one: Body, other: Body) -> tuple[Verdict, int]:
    """Return whether two are one, and how much speaks for it."""
    told = [(getattr(one, name), getattr(other, name)) for name in IDENTIFIERS]
    if any(mine and mine == theirs for mine, theirs in told):
        return Verdict.SAME, 100
    if one.name != other.name or any(mine and theirs for mine, theirs in told):
        return Verdict.OTHER, 0
    if one.towns and other.towns and one.towns.isdisjoint(other.towns):
        return Verdict.OTHER, 0
    if one.siren and other.siren and one.siren != other.siren:
        return Verdict.DOUBT, 0
    agreeing = 2 if one.siren and one.siren == other.siren else 0
    for name in _PLACE:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs:
            agrees = _agree(mine, theirs)
            if agrees is False:
                return Verdict.DOUBT, agreeing
            agreeing += 2 if agrees else 0
    if not agreeing and any(bool(mine) != bool(theirs) for mine, theirs in told):
        return Verdict.OTHER, 0  # one has a code, and nothing else says that the other is it
    return Verdict.SAME, agreeing


def _agree(mine: Collection[str], theirs: Collection[str]) -> bool | None:
    """Return whether two sets have something in common; None if that can't be told."""
    if any(
        one == other or one.endswith(f".{other}") or other.endswith(f".{one}") for one in mine for other in theirs
    ):
        return True
    part = [(one, other) for one in mine for other in theirs if "*" in one + other and one[:2] == other[:2]]
    return None if part else False


def choose(wanted: Body, known: Sequence[Body], at: Collection[int] = ()) -> tuple[int | None, int | None]:
    """Return the index of the organisation of ``known`` that is ``wanted``, and that of one it may be.

    ``at``: indexes of those where the row's person already is, which is what decides between several.
    """
    verdicts = [compare(wanted, other) for other in known]
    same = [index for index, (verdict, _score) in enumerate(verdicts) if verdict is Verdict.SAME]
    doubt = next((index for index, (verdict, _score) in enumerate(verdicts) if verdict is Verdict.DOUBT), None)
    if not same:
        return None, doubt
    for index in at:
        if index in same:
            return index, None
    best = max(same, key=lambda index: (verdicts[index][1], -_unknown(wanted, known[index]), -index))
    if verdicts[best][1] or not _unknown(wanted, known[best]):
        rivals = [index for index in same if verdicts[index][1] == verdicts[best][1] and known[index] != known[best]]
        nearer = all(_unknown(wanted, known[index]) > _unknown(wanted, known[best]) for index in rivals)
        return (best, None) if nearer else (None, best)
    sure = len(same) == 1 and doubt is None and wanted.name not in _COMMON
    return (best, None) if sure else (None, best)


def _unknown(one: Body, other: Body) -> int:
    """Return how many things only one of the two tells."""
    return sum(bool(getattr(one, name)) != bool(getattr(other, name)) for name in (*IDENTIFIERS, "siren", *_PLACE))
