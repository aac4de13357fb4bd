"""What is suggested before anything is typed is read off the account's latest rows, however many it has."""

from collections.abc import Callable

import pytest
from tests.queries import plans, queries

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party
from entregent.directory.selections import suggested

SUGGESTED: dict[str, tuple[str, Callable[[Actor], list]]] = {
    "cities": ("address_latest", lambda by: suggested.suggested_cities(by, "")),
    "organisations": ("position_latest", lambda by: [row["name"] for row in suggested.common_organisations(by)]),
    "functions": ("position_latest", lambda by: suggested.suggested_items(by, "functions", "")),
    "tags": ("party_tag_latest", lambda by: suggested.suggested_items(by, "tags", "")),
    "skills": ("party_skill_latest", lambda by: suggested.suggested_items(by, "skills", "")),
}
"""What is suggested: the index of the latest rows that it is read off, and how."""


def add(by: Actor, word: str, number: int, mode: str = "everyone") -> list[Party]:
    """Add people who all have a word: in their city, organisation, function, tag and skill."""
    held = {
        "organisation": parties.create(by, "o", {"name": word, "visibility": {"mode": mode}}).pk,
        "function": word,
    }
    card = {"tags": [word], "skills": [word], "address": {"city": word}, "visibility": {"mode": mode}}
    people = [
        parties.create(by, "p", {"last_name": f"{word}{index}", "first_name": "A", **card}) for index in range(number)
    ]
    for each in people:
        positions.attach(by, each, held)
    return people


@pytest.mark.parametrize("what", SUGGESTED)
def test_the_latest_rows_are_found_by_an_index(bruno, what):
    add(bruno, "Presse", 2)
    index, run = SUGGESTED[what]
    latest = next(plan for plan in plans(lambda: run(bruno)) if index in plan)
    assert "B-TREE" not in latest
    assert "Sort" not in latest


@pytest.mark.parametrize("what", SUGGESTED)
def test_no_more_rows_are_asked_about_than_the_latest(bruno, monkeypatch, what):
    """Neither whether they are seen, nor what they hold: older ones are not suggested."""
    add(bruno, "Ancien", 3)
    add(bruno, "Récent", 2)
    _index, run = SUGGESTED[what]
    monkeypatch.setattr(suggested, "MOST", 1)
    assert run(bruno) in (["Ancien"], ["ancien"])
    monkeypatch.setattr(suggested, "LATEST", 2)
    assert run(bruno) in (["Récent"], ["recent"])
    assert "visibility" not in queries(lambda: run(bruno))[0]


@pytest.mark.parametrize("what", SUGGESTED)
def test_hidden_ones_are_not_suggested(bruno, aicha, what):
    add(bruno, "Secret", 2, "creator")
    add(bruno, "Presse", 1)
    _index, run = SUGGESTED[what]
    assert "Presse" in run(aicha)
    assert "Secret" not in run(aicha)
    assert run(bruno)[0] == "Secret"
