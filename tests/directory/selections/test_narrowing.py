"""Narrowed searches find the same as plain ones: page, count and all results (X2)."""

from itertools import product

import pytest

from entregent.actions.parties import parties
from entregent.actions.tags import tagging
from entregent.directory.models import Party
from entregent.directory.selections import narrowing
from entregent.directory.selections.narrowing import narrow, one_by_one
from entregent.directory.selections.selections import Selection

LEAVES = ("tag:rare", "tag:presse", "tag:personne", "city:Crest", "function:Agente", "active:non", "status:-")
FILTERS = [
    *(f"{word}({one},{other})" for word, one, other in product(("and", "or"), LEAVES, LEAVES) if one != other),
    *(f"and(not({one}),or({other},and(city:Crest,tag:presse)))" for one, other in product(LEAVES, LEAVES)),
]


@pytest.fixture
def people(aicha):
    for number in range(40):
        card = {"last_name": f"X{number:02}", "first_name": "Paul", "tags": ["presse"] if number % 2 else []}
        if number % 3 == 0:
            card |= {"address": {"city": "Crest"}, "organisation_name": "Mairie", "function": "Agente"}
        parties.create(aicha, "p", card)
    tagging.tag(aicha, list(Party.objects.filter(last_name__in=["X04", "X33"])), ["rare"])
    return aicha


WAYS = [
    {},
    {"FIRST_NAMED": 3, "MOST_LOOKED_AT": 5, "MOST_CANDIDATES": 9, "MOST_COUNTED": 5},
    {"FIRST_NAMED": 1, "MOST_LOOKED_AT": 2, "MOST_CANDIDATES": 2, "MOST_COUNTED": 5},
    {"FIRST_NAMED": 3, "MOST_LOOKED_AT": 6, "MOST_COUNTED": 30, "PAGE_ROWS": 2},
    {"FIRST_NAMED": 3, "MOST_LOOKED_AT": 6, "MOST_COUNTED": 30, "PAGE_ROWS": 2, "MOST_ORDERED": 12},
]
"""Figures that lead into each of its ways."""


@pytest.mark.parametrize("way", WAYS)
def test_each_way_finds_the_same(people, monkeypatch, way, sample):
    for name, value in way.items():
        monkeypatch.setattr(narrowing, name, value)
    found, texts = 0, [text for text, its in sample.pairs(FILTERS, WAYS, each=2) if its is way]
    for text in texts:
        selection = Selection.read("p", {"f": text})
        whole = list(selection.parties(people).order_by("sort_name", "id").values_list("pk", flat=True))
        pages, cursor = [], ""
        while cursor is not None:
            page = selection.page(people, cursor, ("id", "sort_name"), size=15)
            pages += [row["id"] for row in page.rows]
            cursor = page.next
        assert pages == whole, text
        count, more = selection.count(people)
        assert (count, more) == (len(whole), False) or (more and count < len(whole)), text
        found += len(whole)
    assert found > 5 * len(texts) > 150


def test_the_condition_of_few_is_asked_first(people, monkeypatch):
    """Of a tag that two have and a town that many have, the two are read."""
    asked = []
    ids = narrowing._ids
    monkeypatch.setattr(narrowing, "_ids", lambda source, most: asked.append(ids(source, most)) or asked[-1])
    monkeypatch.setattr(narrowing, "FIRST_NAMED", 10)
    asked_of = Selection.read("p", {"f": "and(tag:rare,tag:presse)"})._asked(people)
    found = narrow(Party.readable.visible_to(people), asked_of)
    assert found.count == (1, False)
    assert [len(each) for each in asked] == [2]


def test_asked_one_by_one_no_row_is_gathered(people):
    asked = Selection.read("p", {"f": "and(function:Agente,not(city:Crest))"})._asked(people)
    statement = str(Party.readable.filter(one_by_one(asked)).query)
    assert statement.count("EXISTS") >= 2
    assert statement.count(" IN (SELECT") == 0
