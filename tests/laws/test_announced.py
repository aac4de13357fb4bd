"""An action on a whole list runs on the records that its dialog announced; who left or changed since is told (B4)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.announced import announced, start

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import run_pending
from entregent.accounts.models import Job
from entregent.actions.bin import bin as bin_actions
from entregent.actions.bulk import chosen_sets, jobs
from entregent.actions.lists import lists
from entregent.actions.models import ChosenPart, ChosenSet
from entregent.actions.parties import parties
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import TOOLS, Tool
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.web.toolbox import chosen, views
from entregent.web.toolbox.consequences import consequences

RUN = [tool for tool in TOOLS.values() if tool.run]
CITY = "Crest"


@pytest.fixture(params=["request", "job"])
def long(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the worker does it, in steps of one record."""
    if request.param == "job":
        monkeypatch.setattr(views, "AT_ONCE", 0)
        monkeypatch.setattr(chosen_sets, "STEP", 1)
    return request.param == "job"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tool: Tool) -> Iterator[list[str]]:
    """The names of the records that the tool was run on; it asks for nothing and changes nothing."""
    names: list[str] = []

    def run(by: Actor, found: list[Party]) -> Outcome:
        names.extend(party.name for party in found)
        return Outcome(list(found))

    monkeypatch.setitem(
        TOOLS, tool.code, replace(tool, run=run, ask=(), check=None, fits=lambda party: not party.in_bin)
    )
    return names


def made(by: Actor, kind: str, name: str) -> Party:
    named = {"last_name": name, "first_name": "Zoé"} if kind == "p" else {"name": name}
    return parties.create(by, kind, named | {"address": {"city": CITY}})


@pytest.mark.parametrize("tool", RUN, ids=[tool.code for tool in RUN])
def test_it_runs_on_whom_it_was_announced_for(
    tool: Tool, ran: list[str], long: bool, aicha: Actor, bruno: Actor, browse
):
    kind = next((kind for kind in tool.needs if tool.allowed(aicha, kind)), None)
    if kind is None:
        pytest.skip("the operator's")
    client: Client = browse(aicha)
    stays, changed, left, binned, purged = (
        made(bruno, kind, name) for name in ("Reste", "Change", "Part", "Jette", "Efface")
    )
    asked = announced(client, tool.code, kind, f"city={CITY}")
    answer = client.post(f"/lac/actions/{tool.code}/", asked) if long else None
    parties.update(bruno, changed, {"notes": "Lue par Bruno"})
    parties.update(bruno, left, {"address": {"city": "Die"}})
    bin_actions.delete(bruno, [binned])
    Party.objects.filter(pk=purged.pk).delete()
    made(bruno, kind, "Arrive")
    answer = answer or client.post(f"/lac/actions/{tool.code}/", asked)
    run_pending()
    told = client.get(answer.url).text
    assert sorted(name.split()[-1] for name in ran) == (["Reste"] if tool.danger else ["Change", "Reste"])
    for name in ("Change", "Part"):
        assert name in told
    assert "Jette" not in told
    assert "Arrive" not in told or not long  # the list itself shows them all
    assert ("cachées entre-temps\u00a0: 2" if long else "2 fiches ont été supprimées") in told
    assert stays.name not in told or not long


def test_what_was_not_announced_is_shown_before_it_is_done(aicha: Actor, bruno: Actor, browse):
    marie = made(aicha, "p", "Roy")
    client = browse(aicha)
    asked = announced(client, "deactivate")
    others = announced(browse(bruno), "deactivate")["set"]
    for wrong in ({}, {"set": others}, {"set": "x"}, {"set": asked["set"], "kind": "o"}):
        html = client.post("/lac/actions/deactivate/", {"asked": "1", "all": "1", "kind": "p", **wrong}).text
        assert "Rien n’a été fait cette fois" in html
        assert Party.objects.get(pk=marie.pk).active
    client.post("/lac/actions/deactivate/", announced(client, "deactivate"))
    assert not Party.objects.get(pk=marie.pk).active


def test_a_second_post_runs_nothing_again(aicha: Actor, browse):
    """Back and resend: what someone changed since stays, and the list is shown anew."""
    marie = made(aicha, "p", "Roy")
    client = browse(aicha)
    asked = announced(client, "deactivate")
    assert client.post("/lac/actions/deactivate/", asked).status_code == 302
    parties.update(aicha, marie, {"active": True})
    assert "Rien n’a été fait cette fois" in client.post("/lac/actions/deactivate/", asked).text
    assert Party.objects.get(pk=marie.pk).active


def test_a_refused_action_keeps_its_set(aicha: Actor, browse):
    made(aicha, "p", "Roy")
    client = browse(aicha)
    asked = announced(client, "list")
    refused = client.post("/lac/actions/list/", {**asked, "list": ""}).text
    assert f'name="set" value="{asked["set"]}"' in refused
    assert client.post("/lac/actions/list/", {**asked, "list": "Presse"}).status_code == 302


def test_a_set_starts_one_job(aicha: Actor, browse, monkeypatch: pytest.MonkeyPatch):
    """The second of two clicks goes to the first one's job; other values are confirmed anew."""
    monkeypatch.setattr(views, "AT_ONCE", 0)
    made(aicha, "p", "Roy")
    client = browse(aicha)
    asked = announced(client, "tag")
    first, second = (client.post("/lac/actions/tag/", {**asked, "names": "presse"}) for _ in range(2))
    assert (first.status_code, first.url) == (302, second.url)
    assert "Rien n’a été fait cette fois" in client.post("/lac/actions/tag/", {**asked, "names": "radio"}).text
    assert Job.objects.filter(kind=jobs.KIND).count() == 1


def test_of_two_requests_that_read_a_set_one_takes_it(aicha: Actor):
    made(aicha, "p", "Roy")
    kept = chosen_sets.fix(aicha, Selection("p"))
    first, second = (chosen_sets.announced(aicha, kept.pk, "p") for _ in range(2))
    job = jobs.start_on(aicha, "deactivate", first, {})
    assert jobs.start_on(aicha, "deactivate", second, {}) == job
    for take in (jobs.start_on, jobs.run_now):
        with pytest.raises(chosen_sets.Taken):
            take(aicha, "activate", second, {})
    assert Job.objects.filter(kind=jobs.KIND).count() == 1


def test_a_layer_that_came_meanwhile_stands_for_its_record(shared: Party, aicha: Actor, bruno: Actor, browse):
    client = browse(aicha)
    asked = announced(client, "tag")
    layer = parties.update(bruno, Party.readable.get(pk=shared.pk), {"notes": "Vue"})
    client.post("/lac/actions/tag/", {**asked, "names": "presse"})
    assert Party.objects.get(pk=layer.pk).tag_names == ["presse"]


def test_a_job_of_the_version_before_goes_on(aicha: Actor):
    """It kept its search and the last id; what came later stays out."""
    first, second = made(aicha, "p", "Un"), made(aicha, "p", "Deux")
    job = start(aicha, "deactivate", Selection("p"), {})
    ChosenSet.objects.all().delete()
    late = Job.objects.create(
        account=aicha.account,
        kind=job.kind,
        by_id=aicha.user_id,
        payload={
            **{name: value for name, value in job.payload.items() if name not in ("set", "changed", "gone")},
            "selection": {"city": CITY},
            "ids": None,
            "last": second.pk,
            "cursor": first.pk,
        },
    )
    third = made(aicha, "p", "Trois")
    run_pending()
    active = {party.pk: party.active for party in Party.objects.all()}
    assert active == {first.pk: True, second.pk: False, third.pk: True}
    assert ChosenSet.objects.get().job_id == late.pk


def test_a_dialog_replaces_what_was_not_confirmed(aicha: Actor, bruno: Actor, browse):
    made(aicha, "p", "Roy")
    client = browse(aicha)
    taken = start(aicha, "deactivate", Selection("p"), {}).payload["set"]
    kept = [announced(browse(bruno), "tag")["set"], announced(client, "tag", "o")["set"]]
    announced(client, "tag")
    last = announced(client, "deactivate")["set"]
    assert set(ChosenSet.objects.values_list("pk", flat=True)) == {taken, *map(int, kept), int(last)}


def test_a_set_is_written_in_batches(aicha: Actor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chosen_sets, "STEP", 2)
    monkeypatch.setattr(chosen_sets, "PARTS_AT_ONCE", 2)
    people = [made(aicha, "p", f"N{number}") for number in range(9)]
    with CaptureQueriesContext(connection) as asked:
        kept = chosen_sets.fix(aicha, Selection("p"))
    inserts = [one for one in asked.captured_queries if "actions_chosenpart" in one["sql"]]
    assert (len(inserts), kept.total, kept.parts.count()) == (3, 9, 5)
    assert chosen_sets.versions_of(kept) == {party.pk: party.version for party in people}


@pytest.mark.parametrize("action", ["actions/delete/?all=1&kind=p", "listes/{}/figer/"])
def test_a_dialog_opens_on_a_full_disk(action: str, aicha: Actor, browse, request: pytest.FixtureRequest):
    made(aicha, "p", "Roy")
    found = lists.create(aicha, {"name": "Tous", "category": "C", "kind": "dynamic", "search": {"kind": "p"}})
    client = browse(aicha)
    client.get("/lac/")
    request.getfixturevalue("full_disk")
    shown = client.get("/lac/" + action.format(found.pk))
    assert shown.status_code == 200
    assert not ChosenSet.objects.exists()


def test_what_goes_with_it_is_counted_on_the_set(aicha: Actor, monkeypatch: pytest.MonkeyPatch):
    """Also for more records than one request handles: who came since is not counted."""
    monkeypatch.setattr(chosen, "AT_ONCE", 0)
    monkeypatch.setattr(chosen_sets, "STEP", 2)
    people = [made(aicha, "p", f"N{number}") for number in range(3)]
    kept = chosen_sets.fix(aicha, Selection("p"))
    made(aicha, "p", "Nouveau")
    shown = chosen.Chosen.read(aicha, QueryDict(f"all=1&kind=p&set={kept.pk}"))
    assert set(shown.queryset) == set(people)
    told = consequences(aicha, TOOLS["delete"], shown)
    assert any("3 adresses" in part for part in told["parts"]), told


def test_sets_are_forgotten_after_a_day(aicha: Actor):
    waiting = start(aicha, "deactivate", Selection("p"), {})
    made(aicha, "p", "Roy")
    old, young = (chosen_sets.fix(aicha, Selection("p")) for _ in range(2))
    before = timezone.now() - 2 * chosen_sets.KEPT
    ChosenSet.objects.exclude(pk=young.pk).update(created_at=before + timedelta(hours=1))
    chosen_sets.forget_old_sets()
    assert set(ChosenSet.objects.values_list("pk", flat=True)) == {waiting.payload["set"], young.pk}
    assert ChosenPart.objects.filter(chosen=old.pk).count() == 0
