"""Filters, sorts and addresses, the same for list pages, exports and the API."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.actions.standing import states
from entregent.directory.models import Party
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.register import CONDITIONS
from entregent.directory.selections.selections import SORTS, Selection
from entregent.store.pages import capped_count


@pytest.fixture
def three(aicha: Actor) -> None:
    """Marie in Crest, Paul in Namur, Éloi nowhere."""
    for card in [
        {
            "first_name": "Marie", "last_name": "Delorme", "organisation_name": "Coopérative",
            "function": "Présidente", "address": {"city": "Crest", "country": "FR"}, "tags": ["Presse", "élus"],
            "email": "marie@coop.example",
        },
        {
            "first_name": "Paul", "last_name": "Martin", "organisation_name": "Mairie", "function": "Maire",
            "address": {"city": "Namur", "country": "BE"}, "tags": ["presse"], "language": "en",
        },
        {"first_name": "Éloi", "last_name": "Zola"},
    ]:  # fmt: skip
        parties.create(aicha, "p", card)


def found(by: Actor, **params: str) -> list[str]:
    selection = Selection.read("p", params)
    return [party.first_name for party in selection.parties(by).order_by(*selection.order.clauses())]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, ["Marie", "Paul", "Éloi"]),
        ({"tag": "PRESSE"}, ["Marie", "Paul"]),
        ({"tag": "elus"}, ["Marie"]),
        ({"function": "presidente"}, ["Marie"]),
        ({"city": "crest"}, ["Marie"]),
        ({"country": "be"}, ["Paul"]),
        ({"language": "en"}, ["Paul"]),
        ({"has_email": "oui"}, ["Marie"]),
        ({"has_email": "non"}, ["Paul", "Éloi"]),
        ({"active": "oui"}, ["Marie", "Paul", "Éloi"]),
        ({"active": "non"}, []),
        ({"added_since": "2020-01-01"}, ["Marie", "Paul", "Éloi"]),
        ({"tag": "presse", "city": "namur"}, ["Paul"]),
        ({"sort": "-name"}, ["Éloi", "Paul", "Marie"]),
        ({"sort": "city"}, ["Éloi", "Marie", "Paul"]),
        ({"sort": "organisation"}, ["Éloi", "Marie", "Paul"]),
        ({"sort": "nonsense", "unknown": "", "tag": " ", "utm_source": "lettre"}, ["Marie", "Paul", "Éloi"]),
    ],
)
def test_each_condition_selects(aicha, params, names):
    assert found(aicha, **params) == names


@pytest.mark.usefixtures("three")
def test_an_organisation_selects_its_people(aicha):
    mairie = Party.objects.get(kind="o", name="Mairie")
    assert found(aicha, organisation=str(mairie.pk)) == ["Paul"]


@pytest.mark.usefixtures("three")
def test_without_action_since(aicha):
    Party.objects.filter(first_name="Paul").update(last_action_at=timezone.now() - timedelta(days=91))
    assert found(aicha, no_action_for="90") == ["Paul"]
    assert found(aicha, no_action_for="92") == []


@pytest.mark.usefixtures("three")
def test_the_inactive_are_found(aicha):
    states.deactivate(aicha, list(Party.objects.filter(first_name="Paul")))
    assert found(aicha, active="non") == ["Paul"]
    assert found(aicha, sort="active")[0] == "Paul"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("organisation", "12x"), ("organisation", "9" * 30), ("active", "peut-être"),
        ("added_since", "hier peut-être"), ("no_action_for", "-3"), ("no_action_for", "999999"),
        ("no_action_for", "²"), ("tags", "Presse"), ("", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_selects_nobody(aicha, name, value):
    """A mistyped address must never show, or change, more than was asked."""
    selection = Selection.read("p", {name: value})
    assert [problem.field for problem in selection.problems] == [name]
    assert not selection.parties(aicha).exists()


def test_an_address_says_what_it_selects(aicha):
    params = {"q": "marie", "tag": "presse", "sort": "-city"}
    selection = Selection.read("p", params | {"cursor": "x", "filtrer": "1"})
    assert selection.params() == params
    assert selection.without("tag").params() == {"q": "marie", "sort": "-city"}
    assert Selection.read("p", {"sort": "name"}).params() == {}


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_is_total(sort):
    """Else a page's cursor could skip or repeat rows that compare equal."""
    assert SORTS[sort][-1] == "id"


@pytest.mark.usefixtures("three")
def test_the_count_stops_at_its_cap(aicha):
    people = Selection("p").parties(aicha)
    assert capped_count(people) == (3, False)
    assert capped_count(people, cap=3) == (3, False)
    assert capped_count(people, cap=2) == (2, True)


@pytest.mark.parametrize("name", ["q", *CONDITIONS])
def test_a_nul_in_an_address_selects_nobody(aicha, name):
    for value in ("\x00", "a\x00b"):
        selection = Selection.read("p", {name: value})
        assert not selection.parties(aicha).exists()
        assert selection.count(aicha) == (0, False)
        assert not selection.page(aicha).rows
        assert Selection.read("p", selection.params()) == selection


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tag=presse&tag=elus", ["Marie"]),
        ("tag=presse&tag=presse", ["Marie", "Paul"]),
        ("tag=&tag=elus", ["Marie"]),
        ("tag=elus&tag=", ["Marie"]),
        ("tag=&tag=", ["Marie", "Paul", "Éloi"]),
        ("f=tag:presse&f=not(tag:elus)", ["Paul"]),
        ("f=tag:presse&city=crest&city=namur", []),
        ("f=not(city:Namur)&tag=presse&tag=elus", ["Marie"]),
        ("f=and(tag:elus&f=tag:presse", []),
        ("tags=a&tags=b", []),
        (f"custom.{'x' * 60}=x", []),
        ("q=marie&q=delorme", ["Marie"]),
        ("q=marie&q=martin", []),
        ("sort=name&sort=-name", ["Éloi", "Paul", "Marie"]),
    ],
)
def test_a_condition_given_twice_asks_both(aicha, query, names):
    assert found(aicha, **params_in(QueryDict(query))) == names
    assert found(aicha, **params_in(parse_qsl(query, keep_blank_values=True))) == names
