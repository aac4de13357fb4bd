"""The demo's own words: the reference lists of «Les Amis du lac», and where its people stand."""

from datetime import timedelta

from entregent.accounts.actor import Actor
from entregent.actions.items import items
from entregent.directory.items.register import LISTS
from entregent.directory.models import ContactStatus
from entregent.directory.parties.cards import Card
from entregent.kernel import clock

BEFORE = timedelta(days=545)
"""The words are there before the first contact."""
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
"""Family → how the names of its organisations begin."""
CATEGORIES = ("Élus et institutions", "Partenaires", "Presse", "Adhérents")
STATUSES = (
    ("Prospect", "blue", True),
    ("Contact", "grey", False),
    ("Membre", "green", False),
    ("Partenaire", "violet", False),
    ("Ancien membre", "amber", False),
)
"""Name, colour, and whether new contacts get it."""
_STANDING = ("Membre", "Contact", "Membre", "", "Partenaire", "Membre", "Contact", "Ancien membre", "Membre", "")
"""The statuses of ten people in a row; the others have that of new contacts."""


def furnish(by: Actor) -> None:
    """Fill the lists of an account that has none of its own yet; words of the service are not made twice."""
    if ContactStatus.objects.exists():
        return
    with clock.at(clock.now() - BEFORE):
        for code, names in {"categories": CATEGORIES, "skills": SKILLS, "families": tuple(FAMILIES)}.items():
            known = set(LISTS[code].model.readable.values_list("key", flat=True))
            for name in names:
                if LISTS[code].key(name) not in known:
                    items.create(by, code, {"name": name})
        for name, colour, is_default in STATUSES:
            items.create(by, "statuses", {"name": name, "colour": colour, "is_default": is_default})


def standing(number: int) -> Card:
    """What the card of person `number` says of their status and skills."""
    status = _STANDING[number % len(_STANDING)]
    skills = [SKILLS[number % len(SKILLS)]] if number % 4 == 1 else []
    return ({"status": status} if status else {}) | {"skills": skills}


def family(name: str) -> str:
    """The family of the organisation of this name; none for those that only a person could place."""
    return next((found for found, beginnings in FAMILIES.items() if name.startswith(beginnings)), "")
