"""One position, or one address, meets all conditions on it that are asked together: they are not mixed."""

from urllib.parse import urlencode

import pytest

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection

BEFORE = "2020-01-31"


@pytest.fixture
def places(aicha: Actor) -> dict[str, Party]:
    """Ana is mayor and teaches at the school; Bob left the town hall; Cléo is mayor too, and was a teacher."""
    bodies = {name: parties.create(aicha, "o", {"name": name}) for name in ("Mairie", "École")}
    held = {
        "Ana": [("Mairie", "Maire", None), ("École", "Professeure", None)],
        "Bob": [("Mairie", "Secrétaire", BEFORE), ("École", "Secrétaire", None)],
        "Cléo": [("Mairie", "Maire", None), ("École", "Professeure", BEFORE), ("Mairie", "Adjointe", BEFORE)],
    }
    for name, rows in held.items():
        person = parties.create(aicha, "p", {"last_name": "Roy", "first_name": name})
        for body, function, until in rows:
            place = {"organisation": bodies[body].pk, "function": function}
            positions.attach(aicha, person, place | ({"until": until} if until else {}))
    homes = {
        "Ana": [{"city": "Crest", "country": "FR", "postal_code": "26400"}, {"city": "Genève", "country": "CH"}],
        "Bob": [{"city": "Crest", "country": "CH"}, {"city": "Lyon", "country": "FR", "postal_code": "69001"}],
    }
    for name, addresses in homes.items():
        parties.update(aicha, Party.objects.get(first_name=name), {"addresses": addresses})
    return bodies


TOGETHER = [
    ("organisation=Mairie", "Ana Cléo"),
    ("organisation=École", "Ana Bob"),
    ("left_organisation=Mairie", "Bob"),
    ("left_organisation=École", "Cléo"),
    ("left_organisation=Mairie&had_function=Secrétaire", "Bob"),
    ("left_organisation=École&had_function=Maire", ""),
    ("organisation=Mairie&function=Professeure", ""),
    ("organisation=École&function=Professeure", "Ana"),
    ("f=and(organisation:Mairie,function:Professeure)", ""),
    ("organisation=Mairie&f=and(function:Professeure,active:oui)", ""),
    ("f=and(organisation:Mairie,and(function:Professeure))", ""),
    ("f=and(organisation:Mairie,or(function:Professeure,city:Lyon))", "Ana"),
    ("f=not(and(organisation:Mairie,function:Professeure))", "Ana Bob Cléo"),
    ("f=not(and(organisation:Mairie,function:Maire))", "Bob"),
    ("f=not(organisation:Mairie,function:Secrétaire)", ""),
    ("function=Maire&function=Professeure", "Ana"),
    ("organisation=Mairie&organisation=École", "Ana"),
    ("city=Crest&country=FR", "Ana"),
    ("city=Crest&country=CH", "Bob"),
    ("city=Genève&country=FR", ""),
    ("city=Crest&city=Lyon", "Bob"),
    ("city=Crest&department=69", ""),
    ("city=Lyon&department=69&postal_code=690", "Bob"),
    ("city=Crest&organisation=École&function=Secrétaire", "Bob"),
]  # fmt: skip


def test_one_row_meets_them(aicha: Actor, places: dict[str, Party], subtests):
    for query, expected in TOGETHER:
        asked = query
        for name, body in places.items():
            for word in ("organisation=", "organisation:"):
                asked = asked.replace(f"{word}{name}", f"{word}{body.pk}")
        pairs = [tuple(part.split("=", 1)) for part in asked.split("&")]
        selection = Selection.read("p", params_in(pairs))
        with subtests.test(urlencode(pairs)):
            assert not selection.problems_for(aicha)
            found = selection.parties(aicha).order_by("first_name").values_list("first_name", flat=True)
            assert " ".join(found) == expected, query
            assert selection.count(aicha)[0] == len(expected.split())
