"""A search that can't be read finds nobody in any interface, shows why, and breaks no page."""

from html import unescape

import pytest

from entregent.accounts.actor import Actor
from entregent.actions.bin import bin as bin_actions
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.parties import parties
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
NAMES_NOBODY_HAS = [
    (name, value)
    for leaf in ("tag:zzz", "skill:zzz", "function:zzz", "had_function:zzz", "holder::zzz|yyy", "assigned_to:999")
    for name, value in (("f", leaf), ("f", f"or({leaf},active:oui)"), ("f", f"and(active:oui,not({leaf}))"))
]
"""Names of reference lists that no item has: below a «not», they would find everybody."""
ASKED = [
    ("status", "Prospct"), ("f", "not(status:Prospct)"),
    ("custom.nosuch", "1"), ("f", "not(custom.nosuch:1)"), ("f", "custom.nosuch:1"), ("list", "999999"),
    ("f", "not(list:999999)"), ("city", "***"), ("f", "not(city:😀)"), ("function", "—"),
    ("f", "not(had_function:…)"), ("postal_code", "***"), ("organisation", "999999"),
    ("f", "not(organisation:999999)"), *NAMES_NOBODY_HAS,
]  # fmt: skip
"""Read when somebody asks: what fields and lists there are depends on the account and the reader."""


def sentence_of(world: World) -> str:
    [problem] = Selection.read("p", {world.name: world.value}).problems_for(world.by)
    return problem.message


@pytest.mark.parametrize(("name", "value"), UNREADABLE + ASKED)
def test_it_finds_nobody_and_says_why(world, name: str, value: str):
    here = world(name, value)
    assert (in_a_list_page(here), in_an_export_page(here)) == ([], [])
    page = here.page(f"{here.room}?{here.asked()}")
    assert sentence_of(here) in page
    assert ("Recherche illisible" in page, "Rien ne correspond" in page) == (True, False)
    assert sentence_of(here) in unescape(here.client.get(f"/lac/export/?{here.asked(kind='contacts')}").text)
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
    assert refused.value.problems[0].params == {"value": value.strip(), "problem": sentence_of(here)}


@pytest.mark.parametrize(("name", "value"), UNREADABLE + ASKED)
def test_one_that_was_kept_before_shows_itself_as_such(world, aicha: Actor, name: str, value: str):
    here = world(name, value)
    view, made = kept(aicha, {name: value})
    assert "V périmée" in here.page("/lac/contacts/")
    assert "L périmée" in here.page("/lac/listes/")
    assert counts(aicha, [made])[made.pk] == (0, False)
    assert not members(aicha, made).exists()
    page = here.page(f"/lac/listes/{made.pk}/")
    assert sentence_of(here) in page
    assert ("Recherche illisible" in page, "ne trouve personne" in page) == (True, False)
    for path in (f"listes/{made.pk}/modifier/", f"vues/{view.pk}/modifier/", f"contacts/?vue={view.pk}"):
        assert here.client.get(f"/lac/{path}").status_code == 200, path
    other = lists.create(aicha, {"name": "Autre", "category": "Général"})
    assert made_of(aicha, [other]) == []
    rename(aicha)
    assert SavedView.objects.get().search == {name: value}


def test_a_name_is_known_as_far_as_its_reader_may_know_it(aicha: Actor, bruno: Actor):
    """Typed on a hidden record alone, it is as unknown to others as one that nobody uses; in the bin, it is known."""
    card = {"last_name": "Roy", "first_name": "Ann"}
    seen = parties.create(aicha, "p", card | {"tags": ["Vue", "Ôtée"]})
    parties.update(aicha, seen, {"tags": ["Vue"]})
    parties.create(aicha, "p", card | {"first_name": "Zoé", "tags": ["Cachée"], "visibility": {"mode": "creator"}})
    bin_actions.delete(aicha, [parties.create(aicha, "p", card | {"first_name": "Max", "tags": ["Jetée"]})])
    known = {
        (by.name.split()[0], name): not Selection.read("p", {"f": f"not(tag:{name})"}).problems_for(by)
        for by in (aicha, bruno)
        for name in ("vue", "otee", "cachee", "jetee")
    }
    assert [each for each, there in known.items() if not there] == [
        ("Aïcha", "otee"), ("Bruno", "otee"), ("Bruno", "cachee"),
    ]  # fmt: skip


@pytest.mark.parametrize("asked", ["list:{}", "not(list:{})", "or(active:oui,list:{})"])
def test_a_list_that_uses_one_that_cannot_be_read_cannot_be_read(aicha: Actor, asked: str):
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann"})
    _view, made = kept(aicha, {"f": "not(tag:zzz)"})
    selection = Selection.read("p", {"f": asked.format(made.pk)})
    assert [each.code for each in selection.problems_for(aicha)] == ["tag_unknown"]
    assert not selection.parties(aicha).exists()


def kept(by: Actor, search: dict[str, str]) -> tuple[SavedView, ContactList]:
    """A view and a dynamic list that could be read when they were made."""
    view = views.save(by, "p", "V périmée", {"city": "Crest"})
    asked = {"name": "L périmée", "category": "Général", "kind": "dynamic", "search": {"kind": "p", "city": "Crest"}}
    made = lists.create(by, asked)
    SavedView.objects.update(search=search)
    ContactList.objects.update(search={"kind": "p", **search})
    made.refresh_from_db()
    return view, made


def rename(by: Actor) -> None:
    """Rename an item of each reference list that searches name."""
    for code in ("tags", "statuses", "skills", "families", "functions"):
        items.change(by, code, items.create(by, code, {"name": "Avant"}), {"name": "Après"})
