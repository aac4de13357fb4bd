"""A search that can't be read finds nobody in any interface, shows why, and breaks no page."""

import pytest

from entregent.accounts.actor import Actor
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.saved_views import views
from entregent.directory.lists.lists import counts, made_of, members
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactList, SavedView
from entregent.directory.selections.selections import Selection

from .asking import program_of
from .searching import World, exported, in_a_bulk_action, in_a_list_page, in_an_export_page, names_in

UNREADABLE = [
    ("nosuch", "1"), ("f", "and(nosuch:1)"), ("f", "not(nosuch:1)"), ("f", "and(tag:"), ("f", "not(f:x)"),
    ("holder", "Maire"), ("list", "Presse"), ("no_action_for", "-1"), ("country", "Atlantide"),
    ("f", "not(country:Atlantide)"), ("language", "klingon"), ("f", "not(language:fr ou en)"), ("q", "***"),
    ("q", "😀"), ("q", "x" * 201), ("updated_since", "0001-01-01"), ("f", "not(updated_since:9999-12-31)"),
]  # fmt: skip
ASKED = [
    ("status", "Prospct"), ("f", "not(status:Prospct)"),
    ("custom.nosuch", "1"), ("f", "not(custom.nosuch:1)"), ("f", "custom.nosuch:1"), ("list", "999999"),
    ("f", "not(list:999999)"), ("city", "***"), ("f", "not(city:😀)"), ("function", "—"),
    ("f", "not(had_function:…)"), ("postal_code", "***"), ("organisation", "999999"),
    ("f", "not(organisation:999999)"),
]  # fmt: skip
"""Read when somebody asks: what fields and lists there are depends on the account and the reader."""


def sentence_of(world: World) -> str:
    [problem] = Selection.read("p", {world.name: world.value}).problems_for(world.by)
    return problem.message


@pytest.mark.parametrize(("name", "value"), UNREADABLE + ASKED)
def test_it_finds_nobody_and_says_why(world, name: str, value: str):
    here = world(name, value)
    assert (in_a_list_page(here), in_an_export_page(here)) == ([], [])
    assert sentence_of(here) in here.page(f"{here.room}?{here.asked()}")
    assert here.page(f"{here.room}?{here.asked(filtrer='1')}")
    assert here.page(f"{here.room}filtre/?{here.asked()}")
    done = exported(here)
    assert (done.exit_code, names_in(done.stdout)) == (2, [])
    assert sentence_of(here) in done.stderr
    assert in_a_bulk_action(here) == []


@pytest.mark.parametrize(("name", "value"), UNREADABLE + ASKED)
def test_the_api_refuses_it(world, name: str, value: str):
    here = world(name, value)
    answer = program_of(here.by).get(f"/api/v1/contacts?{here.asked()}")
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["field"].endswith(name)
    assert error["message"]


@pytest.mark.parametrize(("name", "value"), UNREADABLE + ASKED)
def test_it_is_not_kept(world, name: str, value: str):
    here = world(name, value)
    with pytest.raises(Invalid):
        views.save(here.by, "p", "V", {name: value})
    search = {"kind": "p", name: value}
    with pytest.raises(Invalid) as refused:
        lists.create(here.by, {"name": "L", "category": "Général", "kind": "dynamic", "search": search})
    assert sentence_of(here) in refused.value.problems[0].message


@pytest.mark.parametrize(("name", "value"), UNREADABLE + ASKED)
def test_one_that_was_kept_before_shows_itself_as_such(world, aicha: Actor, name: str, value: str):
    here = world(name, value)
    view, made = kept(aicha, {name: value})
    assert "V périmée" in here.page("/lac/contacts/")
    assert "L périmée" in here.page("/lac/listes/")
    assert counts(aicha, [made])[made.pk] == (0, False)
    assert not members(aicha, made).exists()
    assert sentence_of(here) in here.page(f"/lac/listes/{made.pk}/")
    for path in (f"listes/{made.pk}/modifier/", f"vues/{view.pk}/modifier/", f"contacts/?vue={view.pk}"):
        assert here.client.get(f"/lac/{path}").status_code == 200, path
    other = lists.create(aicha, {"name": "Autre", "category": "Général"})
    assert made_of(aicha, [other]) == []
    rename(aicha)
    assert SavedView.objects.get().search == {name: value}


def kept(by: Actor, search: dict[str, str]) -> tuple[SavedView, ContactList]:
    """A view and a dynamic list that could be read when they were made."""
    view = views.save(by, "p", "V périmée", {"tag": "x"})
    asked = {"name": "L périmée", "category": "Général", "kind": "dynamic", "search": {"kind": "p", "tag": "x"}}
    made = lists.create(by, asked)
    SavedView.objects.update(search=search)
    ContactList.objects.update(search={"kind": "p", **search})
    made.refresh_from_db()
    return view, made


def rename(by: Actor) -> None:
    """Rename an item of each reference list that searches name."""
    for code in ("tags", "statuses", "skills", "families", "functions"):
        items.change(by, code, items.create(by, code, {"name": "Avant"}), {"name": "Après"})
