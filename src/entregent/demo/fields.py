"""The demo's custom fields, as an association would define them, and their values on some records."""

from random import Random
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.directory.models import CustomField, Party

from . import words
from .people import day, two_pairs

ACTIVITIES = ["Nettoyage des berges", "Comptage des oiseaux", "Voile", "Jardin partagé"]
Type, Towards = CustomField.Type, CustomField.Towards
PEOPLE: list[dict[str, Any]] = [
    {"label": "Numéro d’adhérent", "section": "Adhésion", "searchable": True, "towards": Towards.VISIBLE,
     "help": "Quatre chiffres, sur la carte d’adhérent."},
    {"label": "Adhésion depuis", "type": Type.DATE, "section": "Adhésion", "towards": Towards.VISIBLE},
    {"label": "Cotisation annuelle", "type": Type.AMOUNT, "section": "Adhésion"},
    {"label": "Formule", "type": Type.CHOICE, "section": "Adhésion", "towards": Towards.PROPOSABLE,
     "choices": ["Individuelle", "Famille", "Bienfaiteur"]},
    {"label": "Activités", "type": Type.CHOICES, "section": "Vie du lac", "towards": Towards.EDITABLE,
     "choices": ACTIVITIES},
    {"label": "Permis bateau", "type": Type.BOOLEAN, "section": "Vie du lac", "towards": Towards.EDITABLE},
    {"label": "Contact en cas d’urgence", "type": Type.PHONE, "section": "Vie du lac"},
    {"label": "Allergies", "section": "Sorties", "sensitive": True, "towards": Towards.EDITABLE,
     "approved_by": "Inès Caron, déléguée à la protection des données, 4 mars 2026"},
]  # fmt: skip
BODIES: list[dict[str, Any]] = [
    {"label": "Convention signée le", "type": Type.DATE, "section": "Partenariat"},
    {"label": "Subvention", "type": Type.AMOUNT, "section": "Partenariat"},
    {"label": "Page du partenaire", "type": Type.LINK, "section": "Partenariat"},
]
ALLERGIES = ("Arachides", "Pollens", "Piqûres de guêpe")


def define(by: Actor) -> None:
    """Define the fields, unless the account already has some, and fill them in on about a third of the records."""
    if CustomField.objects.exists():
        return
    for kind, several in (("p", PEOPLE), ("o", BODIES)):
        for one in several:
            fields.create(by, kind, **one)
    rng = Random("champs du lac")  # noqa: S311
    for kind, values in (("p", _of_person), ("o", _of_body)):
        seen = Party.objects.visible_to(by).filter(kind=kind, base=None).order_by("pk")
        for number, party in enumerate(seen[:300]):
            if number % 3 == 0:
                parties.update(by, party, {"custom": values(number, rng)})


def _of_person(number: int, rng: Random) -> dict[str, Any]:
    formula = rng.choice(["Individuelle", "Individuelle", "Famille", "Bienfaiteur"])
    values: dict[str, Any] = {
        "numero_d_adherent": str(1000 + number),
        "adhesion_depuis": day(rng, 2012, 2025),
        "cotisation_annuelle": {"Individuelle": "25", "Famille": "40", "Bienfaiteur": "120"}[formula],
        "formule": formula,
        "permis_bateau": rng.random() < 0.3,
    }
    if rng.random() < 0.7:
        values["activites"] = rng.sample(ACTIVITIES, rng.randint(1, 2))
    if number % 15 == 0:
        values["allergies"] = rng.choice(ALLERGIES)
    if number % 9 == 0:
        values["contact_en_cas_d_urgence"] = two_pairs(rng, words.MOBILE)
    return values


def _of_body(number: int, rng: Random) -> dict[str, Any]:
    return {
        "convention_signee_le": day(rng, 2018, 2025),
        "subvention": f"{rng.randrange(5, 120) * 100}",
        "page_du_partenaire": f"https://lac.example/partenaires/{number}",
    }
