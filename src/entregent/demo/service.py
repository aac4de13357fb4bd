"""The demo's shared directory: 500 records that the operator maintains and both accounts read (A6).

Towns, territories and people are fictitious: a real commune has a real mayor.
"""

from datetime import timedelta
from random import Random
from typing import NamedTuple

from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.scope import inside
from entregent.actions.frame import act
from entregent.actions.items import items
from entregent.actions.parties import parties
from entregent.actions.parties.saving import Saving
from entregent.actions.positions.organisations import resolve
from entregent.actions.service import corrections, leaving
from entregent.actions.standing.standing import settle
from entregent.directory.models import OrganisationFamily, Party
from entregent.directory.parties.cards import Card
from entregent.journal.deeds import CREATED
from entregent.kernel import clock
from entregent.kernel.text import fold

from . import words

FAMILIES = (
    "Mairie", "Communauté de communes", "Préfecture", "Sous-préfecture", "Chambre consulaire", "Établissement public",
)  # fmt: skip
SKILLS = (
    "Développement économique", "Finances publiques", "Marchés publics", "Protocole", "Sécurité civile", "Urbanisme",
)  # fmt: skip
TERRITORIES = (("Haute-Brume", "74"), ("Val-d’Ève", "73"), ("Lac-et-Rivages", "26"), ("Monts-Clairs", "38"))
"""Fictitious départements, each with the first digits of its postal codes."""
ROOTS = (
    "Aubrelle", "Brumont", "Cressy", "Dorval", "Esprels", "Fontclaire", "Grisolles", "Hautmesnil", "Islemont",
    "Joncherolle", "Lanvaux", "Mirefleur", "Noirlac", "Ormoy", "Pierrefiche",
)  # fmt: skip
ENDINGS = ("-sur-Ève", "-le-Haut", "-les-Roseaux", "-en-Brume")
_MAIRIE = (
    "Maire|Maire", "Premier adjoint|Première adjointe",
    "Directeur général des services|Directrice générale des services",
    "Secrétaire de mairie|Secrétaire de mairie",
)  # fmt: skip
_PREFECTURE = (
    "Préfet|Préfète", "Secrétaire général|Secrétaire générale", "Directeur de cabinet|Directrice de cabinet",
    "Chef du protocole|Cheffe du protocole", "Chef du service interministériel|Cheffe du service interministériel",
    "Délégué à la vie associative|Déléguée à la vie associative", "Chargé de communication|Chargée de communication",
)  # fmt: skip
_CHAMBER = (
    "Président|Présidente", "Vice-président|Vice-présidente", "Directeur général|Directrice générale",
    "Responsable des formations|Responsable des formations", "Chargé d’affaires|Chargée d’affaires",
)  # fmt: skip
_OFFICE = ("Directeur|Directrice", "Responsable administratif|Responsable administrative")
FILLED_AGO, CHANGED_AGO = timedelta(days=420), timedelta(days=6)
BODIES, PEOPLE = 120, 380


class Body(NamedTuple):
    """An organisation of the directory, before it is saved."""

    code: str
    name: str
    family: str
    town: str
    postal_code: str
    territory: str
    functions: tuple[str, ...]

    @property
    def domain(self) -> str:
        return "-".join(fold(self.name).split()) + ".example"


def bodies() -> list[Body]:
    """Return the directory's 120 organisations, the same on every run."""
    towns = [
        (f"{root}{ending}", index) for index, (root, ending) in enumerate((r, e) for r in ROOTS for e in ENDINGS)
    ]
    found = []
    for town, index in towns:
        found.append(_body(f"MAI-{index + 1:03}", f"Mairie {_of(town)}", 0, town, index, _MAIRIE))
    for index, (territory, _digits) in enumerate(TERRITORIES):
        town = towns[index * 9 + index][0]
        found.append(
            _body(f"PRE-{index + 1:03}", f"Préfecture {_of_territory(territory)}", 2, town, index, _PREFECTURE)
        )
        for kind, name in enumerate(("Chambre d’agriculture", "Chambre de métiers", "Chambre de commerce")):
            number = index * 3 + kind
            title = f"{name} {_of_territory(territory)}"
            found.append(_body(f"CHA-{number + 1:03}", title, 4, town, index, _CHAMBER[: 5 if kind else 4]))
    for index in range(8):
        town = towns[index * 7 + 3][0]
        found.append(_body(f"SPR-{index + 1:03}", f"Sous-préfecture {_of(town)}", 3, town, index, _PREFECTURE[1:3]))
    for index in range(14):
        town = towns[index * 4 + 2][0]
        name = f"Communauté de communes {_of(ROOTS[index % len(ROOTS)])}"
        found.append(_body(f"COM-{index + 1:03}", name, 1, town, index, ("Président|Présidente", *_OFFICE)[:2]))
    names = (
        "Office de l’eau",
        "Agence du tourisme",
        "Observatoire des paysages",
        "Musée des Rivages",
        "Parc naturel",
    )
    for index in range(BODIES - len(found)):
        town = towns[(index * 5 + 1) % len(towns)][0]
        found.append(_body(f"ETA-{index + 1:03}", f"{names[index % 5]} {_of(town)}", 5, town, index, _OFFICE))
    return found


def _body(code: str, name: str, family: int, town: str, index: int, functions: tuple[str, ...]) -> Body:
    territory, digits = TERRITORIES[index % len(TERRITORIES)]
    return Body(code, name, FAMILIES[family], town, f"{digits}{900 + index % 90:03}", territory, functions)


def _of(name: str) -> str:
    return f"d’{name}" if fold(name)[0] in "aeiouh" else f"de {name}"


def _of_territory(name: str) -> str:
    return {"Haute-Brume": "de Haute-Brume", "Val-d’Ève": "du Val-d’Ève", "Lac-et-Rivages": "de Lac-et-Rivages"}.get(
        name, f"des {name}"
    )


def organisation(body: Body) -> Card:
    """Return the card of an organisation."""
    rng = Random(body.code)  # noqa: S311
    return {
        "name": body.name, "code": body.code, "family": body.family,
        "emails": [{"value": f"contact@{body.domain}"}],
        "phones": [{"value": _phone(rng)}],
        "websites": [{"value": f"https://{body.domain}"}],
        "addresses": [{
            "street": f"{rng.randint(1, 60)} {rng.choice(words.STREETS)}", "postal_code": body.postal_code,
            "city": body.town, "province": body.territory, "country": "FR",
        }],
    }  # fmt: skip


def _phone(rng: Random) -> str:
    return f"04 65 71 {rng.randrange(100):02} {rng.randrange(100):02}"


def person(code: str, body: Body, function: str, organisation_id: int) -> Card:
    """Return the card of a person with a position in `body`; the same code gives the same person on every run."""
    rng = Random(code)  # noqa: S311
    woman = rng.random() < 0.5
    first, last = rng.choice(words.WOMEN if woman else words.MEN), rng.choice(words.LAST_NAMES)
    address = ".".join("-".join(fold(part).split()) for part in (first, last))
    return {
        "last_name": last, "first_name": first, "civility": "Mme" if woman else "M.", "code": code,
        "emails": [{"value": f"{address}@{body.domain}", "shared": True}],
        "phones": [{"value": _phone(rng)}] if rng.random() < 0.7 else [],
        "skills": [rng.choice(SKILLS)] if rng.random() < 0.25 else [],
        "organisation": organisation_id, "function": function.split("|")[woman],
    }  # fmt: skip


def build(by: Actor) -> int:
    """Fill the shared directory if it is empty, and return how many records were added."""
    with inside(by.account), transaction.atomic():
        if Party.objects.exists():
            return 0
        with clock.at(clock.now() - FILLED_AGO):
            _furnish(by)
            added = _fill(by)
        with clock.at(clock.now() - CHANGED_AGO):
            _move(by)
    return added


def _furnish(by: Actor) -> None:
    known = set(OrganisationFamily.objects.values_list("name", flat=True))
    for code, names in (("families", FAMILIES), ("skills", SKILLS)):
        for name in names:
            if name not in known:
                items.create(by, code, {"name": name})


def _fill(by: Actor) -> int:
    places = bodies()
    ids = _add(by, "o", [organisation(body) for body in places])
    posts = [(body, pk, function) for body, pk in zip(places, ids, strict=True) for function in body.functions]
    spare = [(body, pk, "Conseiller municipal|Conseillère municipale") for body, pk in zip(places, ids, strict=True)]
    chosen = (posts + spare)[: PEOPLE - 2]
    cards = [person(f"PER-{number + 1:04}", *post(one)) for number, one in enumerate(chosen)]
    return len(ids) + len(_add(by, "p", cards))


def post(one: tuple[Body, int, str]) -> tuple[Body, str, int]:
    """Reorder a post (body, id, function) into arguments for ``person``."""
    body, pk, function = one
    return body, function, pk


def _add(by: Actor, kind: str, cards: list[Card]) -> list[int]:
    """One entry and one transaction for all of them."""
    with act(by, CREATED, Can.WRITE_CONTACTS, Can.WRITE_ORGANISATIONS) as telling:
        settled = settle(by, [parties.prepare(by, kind, card) for card in cards])
        cleans = [one.clean for one in settled]
        resolve(by, [place for clean in cleans for place in clean.positions], telling)
        return Saving(by, telling).add(cleans)


def _move(by: Actor) -> None:
    """Make recent changes: two people leave and are replaced, a town hall changes its e-mail address."""
    kept = {body.code: body for body in bodies()}
    for number, (code, function) in enumerate((("MAI-003", _MAIRIE[0]), ("PRE-002", _PREFECTURE[0]))):
        body, place = kept[code], Party.objects.get(code=code)
        gone = Party.objects.filter(kind="p", organisation=place, function__in=function.split("|")).first()
        if gone:
            leaving.retire(by, [gone])
        parties.create(by, "p", person(f"PER-{PEOPLE - 1 + number:04}", body, function, place.pk))
    parties.update(by, Party.objects.get(code="MAI-007"), {"email": "accueil@mairie-de-brumont.example"})


def correct(by: Actor) -> None:
    """Propose a correction from an account, unless it has made one; it waits for the operator."""
    with inside(by.account):
        if corrections.mine(by):
            return
        party = Party.readable.filter(code="MAI-012").first()
        if party:
            corrections.propose(by, party, "phone", "04 65 71 12 12", "Nouveau standard, vu sur leur site.")
