"""What a stored search asks of a sensitive field is told to those alone who may see the field (std A57)."""

import re

import pytest
from click.testing import CliRunner
from django.test import Client

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.cli.main import main
from entregent.directory.models import ContactList, CustomField, SavedView

from .asking import asked, program_of

TOLD = re.compile("zosterien|zonalabel", re.IGNORECASE)
"""The value that is asked for, and the field's label and code."""
ASKED = [
    {"custom.zonalabel": "Zosterien"},
    {"f": "and(active:oui,not(custom.zonalabel:zosterien))"},
    {"city": "X", "custom.zonalabel": "-", "f": "or(custom.zonalabel:zosterien,city:Lyon)"},
    {"f": "and(custom.zonalabel:zosterien"},  # it can't be read any more
]


@pytest.fixture
def field(aicha: Actor) -> CustomField:
    made = fields.create(aicha, "p", label="Zonalabel", type="text", sensitive=True, approved_by="la direction")
    names = {"last_name": "Roy", "first_name": "Ann", "custom": {made.code: "Zosterien"}}
    parties.create(aicha, "p", names)
    return made


@pytest.fixture
def kept(field: CustomField, aicha: Actor) -> list[ContactList]:
    """Lists and views of the whole account that ask for the field, each in its way."""
    made = []
    for number, search in enumerate(ASKED):
        plain = {"kind": "p", "city": "X"}
        name = f"L{number}"
        made.append(lists.create(aicha, {"name": name, "category": "Envois", "kind": "dynamic", "search": plain}))
        views.save(aicha, "p", f"V{number}", {"city": "X"}, "all")
        SavedView.objects.filter(name=f"V{number}").update(search=search)
        ContactList.objects.filter(name=name).update(search={"kind": "p", **search})
    return list(ContactList.objects.filter(pk__in=[each.pk for each in made]).order_by("pk"))


def of_lists(made: list[ContactList]) -> list[str]:
    pages = ["", "modifier/", "dupliquer/", "figer/"]
    return ["/lac/listes/", *(f"/lac/listes/{each.pk}/{page}" for each in made for page in pages)]


def of_views(client: Client) -> list[str]:
    page = client.get("/lac/contacts/").content.decode()
    tabs = re.findall(r'href="(/lac/contacts/\?[^"]*vue=\d+)"', page)
    assert len(tabs) >= len(ASKED)
    return ["/lac/contacts/", *(each.replace("&amp;", "&") for each in tabs)]


def test_no_page_tells_it(kept: list[ContactList], browse, bruno: Actor, paths: list[str]):
    client = browse(bruno)
    answers = asked(client.get, [*paths, *of_lists(kept), *of_views(client)])
    assert {path: found[0] for path, text in answers.items() if (found := TOLD.search(path + text))} == {}
    assert "sur un champ que vous ne pouvez pas voir" in answers[f"/lac/listes/{kept[0].pk}/"]


def test_who_may_see_the_field_sees_it_still(kept: list[ContactList], browse, aicha: Actor):
    client = browse(aicha)
    answers = asked(client.get, [*of_lists(kept), *of_views(client)])
    for each in kept:
        assert TOLD.search(answers[f"/lac/listes/{each.pk}/"]), each.search
    assert "Roy" in answers[f"/lac/listes/{kept[0].pk}/"]


def test_the_api_does_not_tell_it_and_takes_back_what_it_told(kept: list[ContactList], bruno: Actor):
    client = program_of(bruno)
    told = client.get("/api/v1/lists").json()["items"]
    assert not TOLD.search(str(told))
    before = {each.pk: each.search for each in ContactList.objects.all()}
    for each in told:
        path, words = f"/api/v1/lists/{each['id']}", {"name": f"{each['name']} bis", "search": each["search"]}
        assert client.patch(path, words, content_type="application/json").status_code == 200
        for asking in (f"{path}/members", f"/api/v1/contacts?list={each['id']}"):
            assert not TOLD.search(client.get(asking).content.decode())
    assert {each.pk: each.search for each in ContactList.objects.all()} == before
    made = {"name": "Autre", "category": "Envois", "kind": "dynamic", "search": told[0]["search"]}
    assert client.post("/api/v1/lists", made, content_type="application/json").status_code == 422


def test_a_copy_asks_the_same(kept: list[ContactList], bruno: Actor):
    for each in kept:
        assert lists.duplicate(bruno, each, f"{each.name} (copie)").search == each.search


@pytest.mark.parametrize("option", ["--list", "--view"])
def test_the_command_line_does_not_tell_it(kept: list[ContactList], bruno: Actor, option: str):
    for number in range(len(ASKED)):
        name = f"{'L' if option == '--list' else 'V'}{number}"
        words = [
            "export",
            "--account",
            "lac",
            "--user",
            "bruno@lac.example",
            "--format",
            "csv",
            option,
            name,
            "-o",
            "-",
        ]
        done = CliRunner().invoke(main, words, env={"LANG": "fr_FR.UTF-8"})
        assert done.exit_code
        assert not TOLD.search(done.output)
