"""The demo's lists: two static ones, three dynamic ones (by function or search), and one private to Camille."""

from collections.abc import Mapping

from entregent.accounts.actor import Actor
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.directory.models import ContactList, Party

STATIC_LISTS = (
    ("Journalistes de la région", "Presse", "Presse", "Ceux que l’on invite à la Fête du lac."),
    ("Conseil d’administration", "Adhérents", "Conseil d’administration", ""),
)
"""Name, category, tag of the members, description."""
DYNAMIC_LISTS = (
    ("Présidences en Haute-Savoie", "Élus et institutions", {"kind": "p", "holder": "74:Président|Présidente"}),
    ("Adhérents à relancer", "Adhérents", {"kind": "p", "tag": "Adhérent", "no_action_for": "90"}),
    ("Organismes partenaires", "Partenaires", {"kind": "o", "tag": "Partenaire", "active": "oui"}),
)
"""Name, category, search."""


def make(actors: Mapping[str, Actor]) -> None:
    """Create the lists, unless the account already has some."""
    admin, camille = actors["admin"], actors["camille"]
    if ContactList.objects.exists():
        return
    for name, category, tag, description in STATIC_LISTS:
        found = lists.create(admin, {"name": name, "category": category, "description": description})
        tagged = Party.objects.visible_to(camille).filter(tags__tag__name=tag).order_by("sort_name", "pk")[:40]
        list_members.add(camille, found, list(tagged))
    for name, category, search in DYNAMIC_LISTS:
        lists.create(admin, {"name": name, "category": category, "kind": "dynamic", "search": search})
    lists.create(camille, {"name": "Vœux de fin d’année", "category": "Partenaires", "reach": "me"})
