"""Change status, assignment and refusal of mailings, of one or many, and undo it (A3, E10, E12)."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.announced import start

from entregent.accounts.jobs import run_pending
from entregent.accounts.models import Job, Membership
from entregent.actions.bulk import chosen_sets, jobs
from entregent.actions.members import members
from entregent.actions.parties import parties
from entregent.actions.parties.refreshing import refresh
from entregent.actions.standing import relations, states
from entregent.actions.tags import tagging
from entregent.actions.toolbox import toolbox, undoing
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactStatus, Party
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About, Entry


@pytest.fixture
def statuses(lac) -> list[ContactStatus]:
    return [
        ContactStatus.objects.create(account=lac, name=name, key=name.lower(), rank=rank)
        for rank, name in enumerate(["Prospect", "Membre"])
    ]


def people(by, number: int, **card) -> list[Party]:
    return [
        parties.create(by, "p", {"first_name": "Marie", "last_name": f"Delorme{index}", **card})
        for index in range(number)
    ]


def again(found: list[Party]) -> list[Party]:
    return list(Party.objects.filter(pk__in=[party.pk for party in found]).order_by("pk"))


def test_many_get_a_status_and_get_theirs_back(aicha, statuses):
    marie, paul, zoe = people(aicha, 3)
    relations.give_status(aicha, [marie], "prospect")
    outcome = relations.give_status(aicha, again([marie, paul, zoe]), "MEMBRE", "Après l’assemblée")
    assert [party.status_rank for party in again([marie, paul, zoe])] == [2, 2, 2]
    entry = Entry.objects.latest("id")
    assert (entry.deed, entry.note, entry.abouts.count()) == ("status_changed", "Après l’assemblée", 3)
    told = About.objects.get(entry=entry, party=marie)
    assert (told.changes, told.version) == ({"status": ["Prospect", "Membre"]}, 3)
    relations.give_status(aicha, again([zoe]), "prospect")  # changed meanwhile: it stays as it was left
    code, data = outcome.undo
    undone = toolbox.run(aicha, code, again([marie, paul, zoe]), data)
    assert [party.status_id for party in again([marie, paul, zoe])] == [statuses[0].pk, None, statuses[0].pk]
    assert [party.pk for party in undone.done] == [marie.pk, paul.pk]
    assert [party.pk for party, _why in undone.refused] == [zoe.pk]


def test_what_has_the_status_needs_nothing(aicha, statuses):
    marie = people(aicha, 1)
    relations.give_status(aicha, marie, "Membre")
    entries = Entry.objects.count()
    outcome = relations.give_status(aicha, again(marie), "Membre")
    assert (outcome.done, outcome.same, Entry.objects.count()) == ([], 1, entries)
    with pytest.raises(Invalid):
        relations.give_status(aicha, marie, "Inconnu")


def test_it_assigns_to_a_user_and_takes_it_back(aicha, bruno, chloe, dimitri):
    marie, paul, zoe = people(aicha, 3)
    relations.assign(aicha, [marie], chloe.user_id)
    outcome = relations.assign(aicha, again([marie, paul, zoe]), bruno.user_id)
    assert [party.assigned_to_id for party in again([marie, paul, zoe])] == [bruno.user_id] * 3
    relations.assign(aicha, again([zoe]), aicha.user_id)  # changed meanwhile: it stays as it was left
    members.end_membership(aicha, Membership.objects.get(pk=chloe.membership_id))  # nothing goes back to who left
    toolbox.run(aicha, outcome.undo[0], again([marie, paul, zoe]), outcome.undo[1])
    assert [party.assigned_to_id for party in again([marie, paul, zoe])] == [None, None, aicha.user_id]
    with pytest.raises(Invalid):
        relations.assign(aicha, [marie], dimitri.user_id)


def test_refusals_of_mail_are_dated_and_lifted(aicha):
    marie = people(aicha, 1)
    outcome = relations.refuse_mail(aicha, marie)
    assert again(marie)[0].mail_refused_at is not None
    assert relations.refuse_mail(aicha, again(marie)).same == 1
    toolbox.run(aicha, outcome.undo[0], again(marie), outcome.undo[1])
    assert again(marie)[0].mail_refused_at is None


def test_a_reader_changes_nothing(aicha, chloe, statuses):
    marie = people(aicha, 1)
    for deed in (
        lambda: relations.give_status(chloe, marie, "Membre"),
        lambda: relations.assign(chloe, marie, chloe.user_id),
        lambda: relations.refuse_mail(chloe, marie),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_one_takes_back_only_what_one_did(aicha, bruno, statuses):
    marie = people(aicha, 1)
    outcome = relations.give_status(aicha, marie, "Membre")
    with pytest.raises(Invalid):
        undoing.undo(bruno, again(marie), outcome.undo[1]["entry"])


def test_tags_that_were_there_stay_when_it_is_taken_back(aicha):
    marie, paul = people(aicha, 2)
    tagging.tag(aicha, [marie], ["presse"])
    outcome = tagging.tag(aicha, again([marie, paul]), ["presse", "élus"])
    toolbox.run(aicha, outcome.undo[0], again([marie, paul]), outcome.undo[1])
    assert [party.tag_names for party in again([marie, paul])] == [["presse"], []]


@pytest.mark.parametrize("names", [["élus du Saint-Lac"], ["Delorme0", "presse"]])
def test_words_for_search_are_those_of_a_fresh_row(aicha, names):
    def words(party: Party) -> list[str]:
        return sorted(Party.objects.get(pk=party.pk).search_text.split())

    marie = people(aicha, 1, email="presse@lac.example", tags=["bureau"])[0]
    before = words(marie)
    tagging.tag(aicha, [marie], names)
    tagged = words(marie)
    refresh([marie.pk])
    assert tagged == words(marie) != before
    tagging.untag(aicha, again([marie]), names)
    assert words(marie) == before


@pytest.fixture
def crowd(aicha, monkeypatch) -> list[Party]:
    monkeypatch.setattr(chosen_sets, "STEP", 2)
    return people(aicha, 5)


def run(job: Job) -> dict:
    run_pending()
    job.refresh_from_db()
    return job.payload


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("tag", {"names": ["presse"]}),
        ("status", {"status": "Membre", "note": ""}),
        ("deactivate", {}),
        ("refuse-mail", {"note": ""}),
    ],
)
def test_a_job_is_one_deed_and_is_taken_back_whole(aicha, crowd, statuses, code, data):
    def state() -> list[tuple]:
        return [(one.tag_names, one.status_id, one.active, bool(one.mail_refused_at)) for one in again(crowd)]

    before, entries = state(), Entry.objects.count()
    job = start(aicha, code, Selection("p"), data)
    payload = run(job)
    assert (payload["done"], Entry.objects.count()) == (5, entries + 1)
    assert Entry.objects.latest("id").abouts.count() == 5
    assert all(after != untouched for after, untouched in zip(state(), before, strict=True))
    undone = jobs.start_undo(aicha, job)
    assert run(undone)["done"] == 5
    assert state() == before
    assert Entry.objects.count() == entries + 2
    with pytest.raises(LookupError):
        jobs.start_undo(aicha, job)


def test_one_refusal_spoils_neither_the_step_nor_its_entry(aicha, crowd, monkeypatch):
    def deactivate(by, found):
        outcome = states.deactivate(by, found)
        if crowd[0] in found:
            raise Invalid([])
        return outcome

    monkeypatch.setitem(toolbox.TOOLS, "deactivate", replace(toolbox.TOOLS["deactivate"], run=deactivate))
    payload = run(start(aicha, "deactivate", Selection("p"), {}))
    assert (payload["done"], payload["refused"]) == (4, 1)
    assert Entry.objects.get(pk=payload["entry"]).abouts.count() == 4


@pytest.mark.parametrize(("code", "data"), [("tag", {"names": ["presse"]}), ("status", {"status": "Membre"})])
def test_as_many_queries_for_more(aicha, statuses, code, data):
    counts = []
    for number in (2, 12):
        found = people(aicha, number)
        with CaptureQueriesContext(connection) as caught:
            toolbox.run(aicha, code, found, data)
        counts.append(len(caught))
    assert counts[0] >= counts[1]
