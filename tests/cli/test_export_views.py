"""``entregent export``: nested filters, saved views and lists, alone and together (X2)."""

import pytest
from click.testing import CliRunner

from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.cli.main import main


@pytest.fixture
def names(bruno):
    """The last names that a command writes, or its exit code."""

    def run(*words: str) -> list[str] | int:
        who = ("--account", "lac", "--user", "bruno@lac.example", "--format", "csv", "-o", "-")
        done = CliRunner().invoke(main, ["export", *who, *words])
        if done.exit_code:
            return done.exit_code
        return [line.split(";")[0] for line in done.stdout_bytes.decode("utf-8-sig").splitlines()[1:]]

    return run


@pytest.fixture
def known(aicha, bruno) -> None:
    for name, city, tag in (
        ("Roy", "Die", "presse"),
        ("Cyr", "Crest", "presse"),
        ("Ali", "Die", ""),
        ("Bo", "Lyon", "x"),
    ):
        card = {"first_name": "Zoé", "last_name": name, "address": {"city": city}, "tags": [tag] if tag else []}
        party = parties.create(bruno, "p", card)
        if name in ("Roy", "Ali"):
            category = items.create(aicha, "categories", {"name": f"C{name}"})
            list_members.add(aicha, lists.create(aicha, {"name": name, "category": category.pk}), [party])


def test_a_nested_filter(known, names):
    assert names("--query", "and(tag:presse,not(city:Die))") == ["Cyr"]
    assert names("--query", "f=or(city:Die,city:Lyon)&sort=-name") == ["Roy", "Bo", "Ali"]
    assert names("--query", "and(tag:presse") == 2
    assert names("--query", "and(rien:x)") == 2


def test_what_cannot_be_understood_is_told_with_its_reason(bruno):
    who = ("--account", "lac", "--user", "bruno@lac.example", "--format", "csv", "-o", "-")
    for query, reason in (("and(tag:presse", "f – Ce filtre ne peut pas être lu"), ("tags=presse", "« tags »")):
        done = CliRunner().invoke(main, ["export", *who, "--query", query], env={"LANG": "fr_FR.UTF-8"})
        assert done.exit_code == 2
        assert reason in done.stderr.replace("\xa0", " ")


def test_a_saved_view(known, names, aicha, bruno):
    kept = views.save(aicha, "p", "La presse", {"tag": "presse", "sort": "-name"}, "all")
    assert names("--view", "la PRESSE") == ["Roy", "Cyr"]
    assert names("--view", str(kept.pk)) == ["Roy", "Cyr"]
    assert names("--view", "La presse", "--query", "city=Die") == ["Roy"]
    assert names("--view", "La presse", "--query", "city=x") == []
    assert names("--view", "La presse", "--query", "or(city:Crest,city:Lyon)") == ["Cyr"]
    assert names("--view", "La presse", "--list", "Roy") == ["Roy"]
    assert names("--view", "La presse", "--list", "Ali") == []
    assert names("--view", "rien") == 1
    assert names("--view", "La presse", "--kind", "organisations") == 1
    views.save(bruno, "p", "La presse", {"city": "Lyon"})
    assert names("--view", "La presse") == ["Bo"]


def test_a_category_tells_lists_of_one_name_apart(known, names, bruno):
    lists.create(bruno, {"name": "Roy", "category": "CAli"})
    assert names("--list", "Roy") == 1
    assert names("--list", "croy/roy") == ["Roy"]
    assert names("--list", "CAli/Roy") == []


def test_both_nest(known, names, aicha):
    views.save(aicha, "p", "Deux", {"f": "or(city:Die,city:Crest)", "q": "zoé"}, "all")
    assert names("--view", "Deux", "--query", "not(tag:presse)") == ["Ali"]
    assert names("--view", "Deux", "--query", "roy") == 2
    assert names("--view", "Deux", "--query", "not(") == 2


def test_a_view_of_anothers_own_is_not_there(known, names, aicha):
    views.save(aicha, "p", "À moi", {"tag": "presse"})
    assert names("--view", "À moi") == 1
