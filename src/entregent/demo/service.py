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
from entregent.actions.parties import parties
from entregent.actions.parties.saving import Saving
from entregent.actions.positions.organisations import resolve
from entregent.actions.service import corrections, leaving
from entregent.actions.standing.standing import settle
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card
from entregent.journal.deeds import CREATED
from entregent.kernel import clock
from entregent.kernel.text import fold

from . import vocabulary, words
from .people import two_pairs

SKILLS = (
    "Développement économique", "Finances publiques", "Marchés publics", "Protocole", "Sécurité civile", "Urbanisme",
)  # fmt: skip
TERRITORIES = (
    ("Haute-Brume", "de Haute-Brume", "74"),
    ("Val-d’Ève", "du Val-d’Ève", "73"),
    ("Lac-et-Rivages", "de Lac-et-Rivages", "26"),
    ("Monts-Clairs", "des Monts-Clairs", "38"),
)
"""Fictitious départements: name, the same after a noun, and the first digits of the postal codes."""
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
PEOPLE = 380
TOWN_STEP = 7
"""The organisations of a kind are in towns this far apart."""


class Kind(NamedTuple):
    """A kind of organisation. ``title``: with ``{town}`` or ``{territory}``, as they stand after a noun."""

    code: str
    family: str
    number: int
    title: str
    functions: tuple[str, ...]


KINDS = (
    Kind("MAI", "Mairie", 60, "Mairie {town}", _MAIRIE),
    Kind("PRE", "Préfecture", 4, "Préfecture {territory}", _PREFECTURE),
    Kind("AGR", "Chambre consulaire", 4, "Chambre d’agriculture {territory}", _CHAMBER[:4]),
    Kind("MET", "Chambre consulaire", 4, "Chambre de métiers {territory}", _CHAMBER),
    Kind("CCI", "Chambre consulaire", 4, "Chambre de commerce {territory}", _CHAMBER),
    Kind("SPR", "Sous-préfecture", 8, "Sous-préfecture {town}", _PREFECTURE[1:3]),
    Kind("COM", "Communauté de communes", 14, "Communauté de communes {town}", ("Président|Présidente", _OFFICE[0])),
    Kind("EAU", "Établissement public", 8, "Office de l’eau {town}", _OFFICE),
    Kind("MUS", "Établissement public", 7, "Musée des Rivages {town}", _OFFICE),
    Kind("TOU", "Établissement public", 7, "Agence du tourisme {town}", _OFFICE),
)


class Body(NamedTuple):
    """An organisation of the directory, before it is saved."""

    code: str
    name: str
    kind: Kind
    town: str
    postal_code: str
    territory: str

    @property
    def domain(self) -> str:
        return "-".join(fold(self.name).split()) + ".example"


def bodies() -> list[Body]:
    """Return the directory's 120 organisations, the same on every run."""
    towns = [f"{root}{ending}" for root in ROOTS for ending in ENDINGS]
    found = []
    for kind in KINDS:
        for index in range(kind.number):
            place = index * TOWN_STEP % len(towns)
            territory, of_territory, digits = TERRITORIES[place % len(TERRITORIES)]
            name = kind.title.format(town=words.of(towns[place]), territory=of_territory)
            postal_code = f"{digits}{900 + place:03}"
            found.append(Body(f"{kind.code}-{index + 1:03}", name, kind, towns[place], postal_code, territory))
    return found


def organisation(body: Body) -> Card:
    """Return the card of an organisation."""
    rng = Random(body.code)  # noqa: S311
    return {
        "name": body.name, "code": body.code, "family": body.kind.family,
        "emails": [{"value": f"contact@{body.domain}"}],
        "phones": [{"value": two_pairs(rng, words.LANDLINE)}],
        "websites": [{"value": f"https://{body.domain}"}],
        "addresses": [{
            "street": f"{rng.randint(1, 60)} {rng.choice(words.STREETS)}", "postal_code": body.postal_code,
            "city": body.town, "province": body.territory, "country": "FR",
        }],
    }  # fmt: skip


def person(code: str, body: Body, function: str, organisation_id: int) -> Card:
    """Return the card of a person with a position in `body`; the same code gives the same person on every run."""
    rng = Random(code)  # noqa: S311
    woman = rng.random() < 0.5
    first, last = rng.choice(words.WOMEN if woman else words.MEN), rng.choice(words.LAST_NAMES)
    address = ".".join("-".join(fold(part).split()) for part in (first, last))
    return {
        "last_name": last, "first_name": first, "civility": "Mme" if woman else "M.", "code": code,
        "emails": [{"value": f"{address}@{body.domain}", "shared": True}],
        "phones": [{"value": two_pairs(rng, words.LANDLINE)}] if rng.random() < 0.7 else [],
        "skills": [rng.choice(SKILLS)] if rng.random() < 0.25 else [],
        "organisation": organisation_id, "function": function.split("|")[woman],
    }  # fmt: skip


def build(by: Actor) -> int:
    """Fill the shared directory if it is empty, and return how many records were added."""
    with inside(by.account), transaction.atomic():
        if Party.objects.exists():
            return 0
        with clock.at(clock.now() - FILLED_AGO):
            vocabulary.fill(by, families=dict.fromkeys(kind.family for kind in KINDS), skills=SKILLS)
            added = _fill(by)
        with clock.at(clock.now() - CHANGED_AGO):
            _move(by)
    return added


def _fill(by: Actor) -> int:
    places = bodies()
    ids = add(by, "o", [organisation(body) for body in places])
    posts = [(body, function, pk) for body, pk in zip(places, ids, strict=True) for function in body.kind.functions]
    posts += [(body, "Conseiller municipal|Conseillère municipale", pk) for body, pk in zip(places, ids, strict=True)]
    cards = [person(f"PER-{number:04}", *post) for number, post in enumerate(posts[: PEOPLE - 2], 1)]
    return len(ids) + len(add(by, "p", cards))


def add(by: Actor, kind: str, cards: list[Card]) -> list[int]:
    """Add a batch of cards in one transaction, as one journal entry; return their ids."""
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
    parties.update(by, Party.objects.get(code="MAI-007"), {"email": f"accueil@{kept['MAI-007'].domain}"})


def correct(by: Actor) -> None:
    """Propose a correction from an account, unless it has made one; it waits for the operator."""
    with inside(by.account):
        if corrections.mine(by):
            return
        party = Party.readable.filter(code="MAI-012").first()
        if party:
            corrections.propose(by, party, "phone", "04 65 71 12 12", "Nouveau standard, vu sur leur site.")
