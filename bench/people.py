"""Fictitious people for the benchmarks, always the same for the same number: as rows of a file, and as cards.

Common names are as frequent as in France (``names``), rare ones are composed; 40 tags, from common to rare.
"""

import csv
import random
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.names import first_name, last_name

Dice = Callable[[], float]

HEADERS = (
    "Civilité;Nom;Prénom;Courriel;Courriel 2;Téléphone;Mobile;Adresse;Code postal;Ville;Pays;Organisme;Fonction;"
    "Langue;Date de naissance;Balises;Site web;Numéro d'adhérent;Membre depuis;Notes"
).split(";")

_BEGINNINGS = (
    "Mar Du Le Be Ro Pe Gar Mo La Beau Bel Blan Bois Bon Bou Bran Char Chau Clé Cour Del Des Fau Fon Gré Hau Lan Mau "
    "Mon Mont Mor Pré Per Pon Ri Rou Saint- Sau Val Vau Ver Vil Thé D'A Œu Châ Lef L'Her Nor Pel Que Tar"
).split()
_MIDDLES = [
    "",
    *"ber bi bou cha de do fe fon ga geo go la le lan li ma mon na pi ro ri san te ti tou va ve vi".split(),
]
_ENDINGS = (
    "tin nard bert pont grand ret ault blay çon champ court dier doux dreau fèvre gnon gny lier lin mont neau nier "
    "quet reau rieux rin roux sac sard seau sier thieu tier ton trand val vel ville vin voix zé ère ès ïn"
).split()
_TOWNS = [
    (name, code)
    for line in (
        "Bourg-en-Bresse 01000,Crest 26400,Alès 30100,Saint-Étienne 42000,Chambéry 73000,Évian-les-Bains 74500",
        "Nantes 44000,La Roche-sur-Yon 85000,Béziers 34500,Sète 34200,Angoulême 16000,Périgueux 24000,Fécamp 76400",
        "Saint-Brieuc 22000,Besançon 25000,Mâcon 71000,L'Isle-Adam 95290,Compiègne 60200,Die 26150,Thônes 74230",
        "Châteauroux 36000,Orléans 45000,Nîmes 30000,Albi 81000,Épernay 51200,Liévin 62800,Sélestat 67600",
    )
    for name, _, code in (town.rpartition(" ") for town in line.split(","))
]
_BODIES = (
    "Association Coopérative Mairie Comité Amicale Fédération Collectif Union Syndicat Maison Théâtre Club".split()
)
_STREETS = (
    "rue des Églises;place de la Liberté;chemin du Pré;avenue Jean-Jaurès;quai de l'Île;allée des Érables".split(";")
)
_FUNCTIONS = "Présidente;Trésorier;Secrétaire;Bénévole;Chargée de mission;Adjoint;Directrice;Conseillère".split(";")
TAGS = (
    "Adhérent 2026;Bénévole;Lettre;Donatrice;Presse;Partenaire;Élus;Ancien;Conseil;Atelier;Fête;Jeunesse;"
    "Adhérent 2025;Mécène;Fournisseur;Culture;Sport;École;Environnement;Patrimoine;Solidarité;Tourisme;Santé;"
    "Petite enfance;Aînés;Emploi;Logement;Mobilité;Numérique;Agriculture;Commerce;Artisanat;Bibliothèque;Musique;"
    "Théâtre;Jumelage;Cérémonies;Vœux 2026;Assemblée générale;Bureau"
).split(";")
"""The first are far more frequent than the last."""
Card = dict[str, Any]


def write(path: Path, numbers: Iterable[int], bodies: int, known: Iterable[int] = ()) -> None:
    """Write people as CSV with 20 columns, semicolons and UTF-8. Nine in ten belong to one of ``bodies``.

    ``known``: numbers of people to add with notes; those who have some keep theirs.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(HEADERS)
        lines.writerows(row(number, bodies) for number in numbers)
        lines.writerows([*row(number, bodies)[:-1], "A écrit au printemps."] for number in known)


def row(number: int, bodies: int) -> list[str]:
    """Return the cells of person ``number``; ``bodies``: the number of organisations to choose from."""
    dice = random.Random(number).random
    sex = _any(dice, "FM")
    first, last = first_name(sex, dice()), _last_name(dice)
    town, code = _frequent(dice, _TOWNS)
    domain = _domain(number % 997)
    body = body_name(int(bodies * dice())) if dice() < 0.9 else ""
    return [
        _any(dice, ("Mme" if sex == "F" else "M.", "")), last, first,
        f"{_plain(first)}.{_plain(last)}.{number:x}@{domain}",
        f"{_plain(last)}{number}@perso.example" if number % 5 == 0 else "",
        f"0{int(1 + 5 * dice())} {_digits(dice)}", f"06 {_digits(dice)}",
        f"{int(1 + 200 * dice())} {_any(dice, _STREETS)}", code, town, "France",
        body, _any(dice, _FUNCTIONS) if body else "", "Français", _day(dice, 1940, 2008),
        ", ".join(sorted({_frequent(dice, TAGS) for _ in range(2 + number % 2)})),
        f"https://{domain}/{number}" if number % 10 == 0 else "",
        f"A{number:07}", _day(dice, 2010, 2026) if body else "",
        "Rencontrée au forum, rappeler après l'été." if number % 4 == 0 else "",
    ]  # fmt: skip


def card(number: int, bodies: Sequence[int]) -> Card:
    """Return the card of person ``number``, the one that importing the row makes; ``bodies``: organisations' ids.

    One person in five also has a former position.
    """
    cells = dict(zip(HEADERS, row(number, len(bodies)), strict=True))
    dice = random.Random(-number).random
    places = [_place(bodies[_number_of(cells["Organisme"])], cells)] if cells["Organisme"] else []
    if number % 5 == 0:
        places.append(
            {"organisation": _any(dice, bodies), "function": "Membre", "since": "2005-01-15", "until": "2009-12-31"}
        )
    return {
        "civility": cells["Civilité"], "last_name": cells["Nom"], "first_name": cells["Prénom"], "language": "fr",
        "emails": _ways(cells["Courriel"], cells["Courriel 2"]), "phones": _ways(cells["Téléphone"], cells["Mobile"]),
        "address": {
            "street": cells["Adresse"], "postal_code": cells["Code postal"], "city": cells["Ville"], "country": "FR",
        },
        "birth_date": _iso(cells["Date de naissance"]), "tags": cells["Balises"].split(", "), "positions": places,
        "website": cells["Site web"], "code": cells["Numéro d'adhérent"], "notes": cells["Notes"],
    }  # fmt: skip


def body(number: int) -> Card:
    """Return the card of organisation ``number``."""
    return {"name": body_name(number), "email": f"contact@organisme-{number}.example"}


def _number_of(body: str) -> int:
    return int(body.rpartition(" ")[2])


def _place(pk: int, cells: dict[str, str]) -> dict[str, Any]:
    since = _iso(cells["Membre depuis"])
    return {"organisation": pk, "function": cells["Fonction"], "since": since, "until": None}


def _ways(*values: str) -> list[dict[str, str]]:
    return [{"value": value} for value in values if value]


def _iso(day: str) -> str:
    return "-".join(reversed(day.split("/")))


@lru_cache(maxsize=200_000)
def body_name(number: int) -> str:
    """Return the name of organisation ``number``."""
    dice = random.Random(-1 - number).random
    return f"{_any(dice, _BODIES)} {_last_name(dice)} {_frequent(dice, _TOWNS)[0]} {number}"


@lru_cache
def _domain(number: int) -> str:
    return f"{_plain(_last_name(random.Random(number).random))}.example"


def _last_name(dice: Dice) -> str:
    composed = _frequent(dice, _BEGINNINGS) + _frequent(dice, _MIDDLES) + _frequent(dice, _ENDINGS)
    return last_name(dice()) or composed


def _frequent(dice: Dice, words: Sequence) -> Any:
    """Return one of ``words``, the first ones far more often, as with real names."""
    return words[int(len(words) * dice() ** 2.2)]


def _any(dice: Dice, words: Sequence) -> Any:
    return words[int(len(words) * dice())]


def _day(dice: Dice, first: int, end: int) -> str:
    return f"{int(1 + 28 * dice()):02}/{int(1 + 12 * dice()):02}/{int(first + (end - first) * dice())}"


def _digits(dice: Dice) -> str:
    return " ".join([f"{int(100 * dice()):02}" for _ in range(4)])


@lru_cache(maxsize=100_000)
def _plain(name: str) -> str:
    flat = unicodedata.normalize("NFKD", name.replace("Œ", "Oe").lower())
    return "".join(letter for letter in flat if letter.isascii() and letter.isalpha())


if __name__ == "__main__":
    begin, end, all_bodies, others = map(int, sys.argv[2:6])
    write(Path(sys.argv[1]), range(begin, end), all_bodies, range(others))
