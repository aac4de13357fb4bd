"""What is confirmed for ticked rows is what is done: who was changed since the list was shown is told or spared (B4).

The law on whole lists is in test_announced.py.
"""

import re
from dataclasses import replace

import pytest
from django.test import Client

from entregent.accounts.actor import Actor
from entregent.actions.bulk import jobs
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import TOOLS, Tool
from entregent.directory.kinds import KINDS
from entregent.directory.models import ContactList, Party

from .asking import program_of

RUN = [tool for tool in TOOLS.values() if tool.run]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tool: Tool) -> list[str]:
    """The names of the records that the tool was run on; it asks for nothing and changes nothing."""
    names: list[str] = []

    def run(by: Actor, found: list[Party]) -> Outcome:
        names.extend(party.name for party in found)
        return Outcome(list(found))

    fits = lambda party: not party.in_bin  # noqa: E731
    monkeypatch.setitem(TOOLS, tool.code, replace(tool, run=run, ask=(), check=None, fits=fits))
    return names


@pytest.fixture
def kind(tool: Tool, aicha: Actor) -> str:
    kinds = [kind for kind in tool.needs if tool.allowed(aicha, kind)]
    return kinds[0] if kinds else pytest.skip("the operator's")


@pytest.fixture
def two(kind: str, aicha: Actor) -> list[Party]:
    cards = ({"last_name": name, "first_name": "Zoé", "name": name} for name in ("Change", "Reste"))
    of_kind = {"p": ("last_name", "first_name"), "o": ("name",)}[kind]
    return [parties.create(aicha, kind, {field: card[field] for field in of_kind}) for card in cards]


def ticks(client: Client, url: str) -> list[str]:
    return re.findall(r'name="ids" value="([^"]+)"', client.get(url).text)


def fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(kind|ids|asked|new_category)" value="([^"]*)"', html))


@pytest.mark.parametrize("when", ["list", "dialog"])
@pytest.mark.parametrize("tool", RUN, ids=[tool.code for tool in RUN])
def test_who_changed_since_is_told_or_spared(
    tool: Tool, kind: str, when: str, ran: list[str], two: list[Party], aicha: Actor, bruno: Actor, browse
):
    """Changed after the list was shown, or after the dialog was."""
    client = browse(aicha)
    chosen = {"ids": ticks(client, f"/lac/{KINDS[kind].slugs}/"), "kind": kind}
    if when == "list":
        parties.update(bruno, two[0], {"notes": "Lue par Bruno"})
    form = fields(client.get(f"/lac/actions/{tool.code}/", chosen).text)
    if when == "dialog":
        parties.update(bruno, two[0], {"notes": "Lue par Bruno"})
    told = client.post(f"/lac/actions/{tool.code}/", form, follow=True).text
    assert sorted(name.split()[-1] for name in ran) == (["Reste"] if tool.danger else ["Change", "Reste"])
    why = (
        "Cette fiche a changé depuis que vous l’avez choisie"
        if tool.danger
        else "Modifiées entre-temps, traitées quand même"
    )
    assert why in told


def test_who_was_not_changed_is_not_told(aicha: Actor, browse):
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Zoé"})
    client = browse(aicha)
    form = fields(client.get("/lac/actions/deactivate/", {"ids": ticks(client, "/lac/contacts/")}).text)
    assert "entre-temps" not in client.post("/lac/actions/deactivate/", form, follow=True).text
    assert not Party.objects.get().active


def test_a_layer_that_came_since_is_told(shared: Party, aicha: Actor, bruno: Actor, browse):
    client = browse(aicha)
    form = fields(client.get("/lac/actions/tag/", {"ids": ticks(client, "/lac/contacts/")}).text)
    parties.update(bruno, Party.readable.get(pk=shared.pk), {"notes": "Vue"})
    told = client.post("/lac/actions/tag/", form | {"names": "presse"}, follow=True).text
    assert "Modifiées entre-temps" in told


def test_the_delete_page_shows_anew_what_changed(aicha: Actor, bruno: Actor, browse):
    roy = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Zoé"})
    client, url = browse(aicha), f"/lac/saisir/supprimer/contact/{roy.pk}/"
    form = fields(client.get(url).text)
    parties.update(bruno, roy, {"notes": "Lue par Bruno"})
    assert "Cette fiche a changé depuis que vous l’avez choisie" in client.post(url, form, follow=True).text
    assert not Party.objects.get().in_bin
    client.post(url, fields(client.get(url).text))
    assert Party.objects.get().in_bin


def test_a_program_gives_the_versions_it_read(aicha: Actor, bruno: Actor):
    roy = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Zoé"})
    client, body = program_of(aicha), {"contacts": [roy.pk], "versions": {str(roy.pk): roy.version}}
    parties.update(bruno, roy, {"notes": "Lue par Bruno"})
    told = client.post("/api/v1/actions/deactivate", body, content_type="application/json").json()
    assert (told["contacts"], told["changed"]) == ([roy.pk], [roy.pk])
    spared = client.post("/api/v1/actions/delete", body, content_type="application/json").json()
    assert (spared["contacts"], [one["id"] for one in spared["refused"]]) == ([], [roy.pk])
    stale = client.delete(f"/api/v1/contacts/{roy.pk}", headers={"If-Match": f'"{roy.version}"'})
    assert stale.status_code == 409
    unknown = body | {"versions": {"999": 1}}
    assert client.post("/api/v1/actions/tag", unknown, content_type="application/json").status_code == 422
    assert not Party.objects.get().in_bin


def test_who_changed_between_the_search_and_the_deletion_is_spared(aicha: Actor, bruno: Actor):
    found = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Zoé"})
    versions = {found.pk: found.version}
    parties.update(bruno, Party.objects.get(pk=found.pk), {"notes": "Lue par Bruno"})
    outcome = jobs.run_on(aicha, "delete", [found], versions, {})
    assert [party.pk for party, _reason in outcome.refused] == [found.pk]
    assert not Party.objects.get().in_bin


@pytest.fixture
def press(aicha: Actor) -> ContactList:
    return lists.create(aicha, {"name": "Presse", "category": "G"})


@pytest.mark.parametrize("what", ["archiver", "supprimer", "deplacer"])
def test_lists_that_changed_since_stay_as_they_are(what: str, press: ContactList, aicha: Actor, bruno: Actor, browse):
    client, url = browse(aicha), f"/lac/listes/{what}/"
    other = lists.create(aicha, {"name": "Radio", "category": "G"})
    form = fields(client.get(url, {"ids": ticks(client, "/lac/listes/")}).text) | {"new_category": "Médias"}
    lists.change(bruno, press, {"description": "Relue par Bruno"})
    told = client.post(url, form, follow=True).text
    assert "Restent en l’état, car modifiées entre-temps\u00a0: Presse" in told
    kept = ContactList.objects.get(pk=press.pk)
    assert (kept.archived_at, kept.category.name) == (None, "G")
    done = ContactList.objects.filter(pk=other.pk).first()
    assert done is None or done.archived_at or done.category.name == "Médias"


def test_undoing_an_archiving_leaves_what_a_colleague_archived_since(
    press: ContactList, aicha: Actor, bruno: Actor, browse
):
    client = browse(aicha)
    html = client.post("/lac/listes/archiver/", {"ids": press.pk}, follow=True).text
    [undo] = re.findall(r'<form method="post" action="(/lac/listes/[^"]*)"', html)
    lists.unarchive(bruno, [press])
    lists.archive(bruno, [press])
    assert "modifiées entre-temps" in client.post(undo, follow=True).text
    assert ContactList.objects.get().archived_at
    lists.unarchive(bruno, [press])
    html = client.post("/lac/listes/archiver/", {"ids": press.pk}, follow=True).text
    [undo] = re.findall(r'<form method="post" action="(/lac/listes/[^"]*)"', html)
    client.post(undo)
    assert not ContactList.objects.get().archived_at
