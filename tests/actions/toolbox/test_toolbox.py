"""The toolbox: permitted tools are offered, others refused; each user has their own shortcuts (E1-E4)."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.announced import start

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.jobs import run_pending
from entregent.accounts.models import Job, Membership, Role
from entregent.actions.bulk import chosen_sets, jobs
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.toolbox import toolbox
from entregent.directory.messages import Invalid
from entregent.directory.models import ListMember, Party
from entregent.directory.selections.selections import Selection
from entregent.journal.models import Entry


@pytest.fixture
def marie(aicha: Actor) -> Party:
    return parties.create(aicha, "p", {"first_name": "Marie", "last_name": "Delorme"})


def again(by: Actor) -> Actor:
    """The actor of the next request."""
    return actor_in(by.account.slug, by.user_id)


def test_a_reader_has_no_tools(chloe, aicha, marie):
    assert toolbox.tools_for(chloe, "p") == []
    assert {tool.code for tool in toolbox.tools_for(aicha, "p")} >= {"edit", "tag", "activate", "delete", "purge"}


def test_a_collaborator_may_not_delete_for_good(bruno):
    assert "purge" not in {tool.code for tool in toolbox.tools_for(bruno, "p")}


def test_only_what_makes_sense_for_the_record(aicha, marie):
    codes = {tool.code for tool in toolbox.tools_for(aicha, "p", marie)}
    assert "deactivate" in codes
    assert codes.isdisjoint({"activate", "restore", "purge", "untag"})


@pytest.mark.parametrize("code", ["tag", "deactivate", "delete"])
def test_a_reader_is_refused_and_nothing_is_written(chloe, marie, code):
    entries = Entry.objects.count()
    with pytest.raises(PermissionDenied):
        toolbox.run(chloe, code, [marie], {"names": ["presse"]})
    assert Entry.objects.count() == entries
    assert Party.objects.get(pk=marie.pk).version == 1


def test_an_unknown_tool_and_one_with_a_page_are_not_run(aicha, marie):
    for code in ("nonsense", "edit"):
        with pytest.raises(LookupError):
            toolbox.run(aicha, code, [marie], {})


def test_those_it_does_not_fit_need_nothing(aicha, marie):
    outcome = toolbox.run(aicha, "activate", [marie], {})
    assert (outcome.done, outcome.same) == ([], 1)
    outcome = toolbox.run(aicha, "purge", [marie], {})
    assert (outcome.done, outcome.same) == ([], 1)
    assert Party.objects.filter(pk=marie.pk).exists()


def test_attaching_many_refuses_those_who_have_the_place(aicha, marie):
    paul = parties.create(aicha, "p", {"first_name": "Paul", "last_name": "Martin", "organisation_name": "Mairie"})
    outcome = toolbox.run(aicha, "attach", [marie, paul], {"organisation": "Mairie"})
    assert [party.pk for party in outcome.done] == [marie.pk]
    assert [party.pk for party, _reason in outcome.refused] == [paul.pk]
    with pytest.raises(Invalid):
        toolbox.run(aicha, "attach", [paul], {"organisation": "Mairie"})


def test_shortcuts_are_ordered_removed_and_given_back(aicha, bruno):
    standard = toolbox.shortcut_codes(aicha)
    assert standard[:3] == ["edit", "layer", "tag"]
    toolbox.save_shortcuts(aicha, ["delete", "tag", "nonsense", "tag"])
    assert toolbox.shortcut_codes(again(aicha)) == ["delete", "tag"]
    assert [tool.code for tool in toolbox.shortcuts(again(aicha), "p")] == ["delete", "tag"]
    assert toolbox.shortcut_codes(again(bruno)) == standard
    toolbox.save_shortcuts(aicha, [])
    assert toolbox.shortcut_codes(again(aicha)) == []
    toolbox.save_shortcuts(aicha, None)
    assert toolbox.shortcut_codes(again(aicha)) == standard


@pytest.fixture
def many(aicha: Actor, monkeypatch) -> list[Party]:
    """Seven people, and steps of three."""
    monkeypatch.setattr(chosen_sets, "STEP", 3)
    cards = [{"first_name": f"P{index}", "last_name": "Nombreux"} for index in range(7)]
    return [parties.create(aicha, "p", card) for card in cards]


def test_a_job_does_them_all_in_steps(aicha, many):
    job = start(aicha, "tag", Selection.read("p", {"q": "nombreux"}), {"names": ["presse"]})
    late = parties.create(aicha, "p", {"first_name": "Tard", "last_name": "Nombreux"})
    assert run_pending() == 1
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.payload["done"], job.payload["total"]) == ("done", 7, 7)
    assert Party.objects.get(pk=many[0].pk).tag_names == ["presse"]
    assert Party.objects.get(pk=late.pk).tag_names == []


def test_a_job_that_an_earlier_version_stored_is_done(aicha, many):
    """It kept a name beside an id."""
    found = lists.create(aicha, {"name": "Presse", "category": "Élus"})
    for kept in ({"list": found.pk, "list_name": str(found.pk)}, {"list_name": "Presse"}):
        job = start(aicha, "list", Selection.read("p", {"q": "nombreux"}), {})
        Job.objects.filter(pk=job.pk).update(payload=job.payload | {"data": kept})
        run_pending()
        assert Job.objects.get(pk=job.pk).payload["refused"] == 0
    assert ListMember.objects.filter(list=found).count() == 7


def test_a_job_killed_in_the_middle_goes_on_and_doubles_nothing(aicha, many):
    job = start(aicha, "deactivate", Selection("p"), {})
    steps = jobs.run(job)
    next(steps)
    steps.close()
    assert Party.objects.filter(active=False).count() == 3
    list(jobs.run(Job.objects.get(pk=job.pk)))
    assert Party.objects.filter(active=False).count() == 7
    assert Job.objects.get(pk=job.pk).payload["done"] == 7
    assert {party.version for party in Party.objects.filter(kind="p")} == {2}


def test_a_job_whose_tool_shrinks_the_selection_skips_nobody(aicha, many):
    start(aicha, "delete", Selection("p"), {})
    run_pending()
    assert Party.objects.filter(binned_at=None).count() == 0


def test_a_job_stops_when_its_user_may_no_longer_do_it(aicha, bruno, many):
    job = start(bruno, "delete", Selection("p"), {})
    Membership.objects.filter(pk=bruno.membership_id).update(role=Role.objects.get(code="reader"))
    run_pending()
    assert Job.objects.get(pk=job.pk).payload["stopped"] == "permission"
    assert Party.objects.filter(binned_at=None).count() == 7


def test_a_reader_starts_no_job(chloe, many):
    with pytest.raises(PermissionDenied):
        start(chloe, "delete", Selection("p"), {})
    assert not Job.objects.exists()
