"""The demo's reference lists, and the statuses and skills of its people."""

from collections.abc import Iterable
from datetime import timedelta

from entregent.accounts.actor import Actor
from entregent.actions.items import items
from entregent.directory.items.register import LISTS
from entregent.directory.models import ContactStatus
from entregent.directory.parties.cards import Card
from entregent.kernel import clock

FILLED_AGO = timedelta(days=545)
"""How long ago the reference lists were filled: before the first contact."""
SKILLS = (
    "Animation nature", "Botanique", "Communication", "Comptabilité", "Droit de l’environnement", "Hydrologie",
    "Ornithologie", "Photographie", "Premiers secours", "Recherche de financements",
)  # fmt: skip
FAMILIES = {
    "Association": ("Club", "Les Pêcheurs", "Chœur", "Fondation", "Maison"),
    "Collectivité": ("Syndicat", "Office"),
    "Enseignement": ("Lycée", "Collège"),
    "Entreprise": ("Imprimerie", "Coopérative", "Hôtel", "Ateliers", "Librairie", "Bureau", "Caisse"),
    "Média": ("L’Écho", "Radio"),
}
"""Family → the first words of its organisations' names."""
CATEGORIES = ("Élus et institutions", "Partenaires", "Presse", "Adhérents")
STATUSES = (
    ("Prospect", "blue", True),
    ("Contact", "grey", False),
    ("Membre", "green", False),
    ("Partenaire", "violet", False),
    ("Ancien membre", "amber", False),
)
"""Name, colour, and whether it is the default for new contacts."""
_STANDING = ("Membre", "Contact", "Membre", "", "Partenaire", "Membre", "Contact", "Ancien membre", "Membre", "")
"""The statuses of ten consecutive people; '' leaves the default one."""


def furnish(by: Actor) -> None:
    """Fill the reference lists, unless the account has statuses; skip items that the shared directory has."""
    if ContactStatus.objects.exists():
        return
    with clock.at(clock.now() - FILLED_AGO):
        fill(by, categories=CATEGORIES, skills=SKILLS, families=FAMILIES)
        for name, colour, is_default in STATUSES:
            items.create(by, "statuses", {"name": name, "colour": colour, "is_default": is_default})


def fill(by: Actor, **lists: Iterable[str]) -> None:
    """Add these items to the reference lists, but for those that the account or the shared directory has."""
    for code, names in lists.items():
        known = set(LISTS[code].model.readable.values_list("key", flat=True))
        for name in names:
            if LISTS[code].key(name) not in known:
                items.create(by, code, {"name": name})


def standing(number: int) -> Card:
    """Return the status and skills for the card of person `number`."""
    status = _STANDING[number % len(_STANDING)]
    skills = [SKILLS[number % len(SKILLS)]] if number % 4 == 1 else []
    return {"status": status, "skills": skills} if status else {"skills": skills}


def family(name: str) -> str:
    """Return the family of an organisation from its name, '' if the name does not show it."""
    return next((found for found, beginnings in FAMILIES.items() if name.startswith(beginnings)), "")
