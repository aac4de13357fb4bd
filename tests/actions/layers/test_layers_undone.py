"""Undoing an action deletes the layers that it created and that have no other contents (A3, A6)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.announced import start

from entregent.accounts.jobs import run_pending
from entregent.accounts.models import Account
from entregent.accounts.scope import inside
from entregent.actions.bulk import chosen_sets, jobs
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.standing import relations, states
from entregent.actions.standing.deeds import STATUS_CHANGED
from entregent.actions.tags import tagging
from entregent.actions.toolbox import toolbox, undoing
from entregent.directory.models import ContactStatus, Party
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About, Entry
from entregent.journal.movements import movements
from entregent.journal.timeline import Filter, of_party


@pytest.fixture
def maire(sonia) -> Party:
    with inside(sonia.account):
        card = {"first_name": "Odile", "last_name": "Rivière", "organisation_name": "Mairie", "function": "Maire"}
        return parties.create(sonia, "p", card)


@pytest.fixture
def membre(lac: Account) -> ContactStatus:
    return ContactStatus.objects.create(account=lac, name="Membre", key="membre", rank=1)


def undo(by, outcome) -> list[Party]:
    code, data = outcome.undo
    return toolbox.run(by, code, list(Party.readable.filter(pk__in=[party.pk for party in outcome.done])), data).done


DEEDS = {
    "tag": lambda by, party: tagging.tag(by, [party], ["presse"]),
    "status": lambda by, party: relations.give_status(by, [party], "Membre"),
    "assign": lambda by, party: relations.assign(by, [party], by.user_id),
    "refuse": lambda by, party: relations.refuse_mail(by, [party]),
    "deactivate": lambda by, party: states.deactivate(by, [party]),
    "list": lambda by, party: list_members.add(by, lists.create(by, {"name": "P", "category": "G"}), [party]),
}


def here(party: Party) -> Party:
    """The same as the account reads it."""
    return Party.readable.get(pk=party.pk)


def do(code: str, by, party: Party):
    return DEEDS[code](by, here(party))


@pytest.mark.parametrize("code", list(DEEDS))
def test_undone_the_layer_goes_and_the_journal_stays(maire, aicha, membre, code):
    outcome = do(code, aicha, maire)
    assert outcome.done[0].is_layer
    assert len(movements(aicha, mine=True).rows) == 1
    assert [party.pk for party in undo(aicha, outcome)] == [maire.pk]
    assert not Party.objects.exists()
    assert not movements(aicha, mine=True).rows
    told = of_party(aicha, here(maire), Filter()).rows
    assert [row.entry.data.get("undoes", {}).get("entry") for row in told] == [told[1].entry.pk, None]


def add_note(by, layer: Party) -> None:
    parties.update(by, layer, {"notes": "Rappeler"})


def add_tag_and_take_it_off(by, layer: Party) -> None:
    tagging.tag(by, [layer], ["élus"])
    tagging.untag(by, [layer], ["élus"])


def add_place(by, layer: Party) -> None:
    positions.attach(by, layer, {"organisation_name": "Club", "function": "Trésorière"})


def add_to_list_unsaid(by, layer: Party) -> None:
    """A row that no entry tells of, as where what is kept of a record comes from elsewhere."""
    found = lists.create(by, {"name": "Presse", "category": "G"})
    lists.put(by, found, [layer.pk], layer.updated_at)


@pytest.mark.parametrize("add", [add_note, add_tag_and_take_it_off, add_place, add_to_list_unsaid])
def test_a_layer_to_which_something_was_added_since_stays(maire, aicha, membre, add):
    outcome = do("status", aicha, maire)
    add(aicha, Party.objects.get(base=maire.pk))
    assert undo(aicha, outcome)[0].is_layer
    assert Party.objects.get(base=maire.pk).status is None


def test_a_layer_that_was_there_before_stays(maire, aicha):
    parties.update(aicha, here(maire), {"notes": "Rappeler"})
    layer = Party.objects.get(base=maire.pk)
    undo(aicha, do("tag", aicha, layer))
    parties.update(aicha, Party.objects.get(), {"notes": ""})
    undo(aicha, do("tag", aicha, layer))
    assert Party.objects.get().pk == layer.pk


def test_removed_by_hand_it_stays(maire, aicha):
    tagging.untag(aicha, do("tag", aicha, maire).done, ["presse"])
    assert Party.objects.get(base=maire.pk).tag_names == []


def test_by_the_shared_records_id_it_is_undone_once(maire, aicha):
    entry = do("tag", aicha, maire).undo[1]["entry"]
    assert [party.pk for party in undoing.undo(aicha, [here(maire)], entry).done] == [maire.pk]
    again = undoing.undo(aicha, [here(maire)], entry)
    assert (again.done, again.same) == ([], 1)
    assert not Party.objects.exists()


def test_a_job_undone_leaves_no_layer(sonia, aicha, membre, monkeypatch):
    monkeypatch.setattr(chosen_sets, "STEP", 2)
    with inside(sonia.account):
        for index in range(5):
            parties.create(sonia, "p", {"first_name": "Odile", "last_name": f"Rivière{index}"})
    own = parties.create(aicha, "p", {"first_name": "Ann", "last_name": "Roy"})
    job = start(aicha, "status", Selection("p"), {"status": "Membre", "note": ""})
    run_pending()
    job.refresh_from_db()
    assert Party.objects.filter(status=membre).count() == 6
    kept = Party.objects.filter(base__isnull=False).first()
    parties.update(aicha, kept, {"notes": "Rappeler"})
    back = jobs.start_undo(aicha, job)
    run_pending()
    back.refresh_from_db()
    assert back.payload["done"] == 6
    assert set(Party.objects.values_list("pk", flat=True)) == {own.pk, kept.pk}
    undone = Entry.objects.latest("id")
    assert undone.data["undoes"] == {"entry": job.payload["entry"], "deed": STATUS_CHANGED}
    assert About.objects.filter(entry=undone, party__isnull=False).count() == 6


def test_it_asks_no_more_of_more_records(sonia, aicha):
    with inside(sonia.account):
        for index in range(12):
            parties.create(sonia, "p", {"first_name": "Odile", "last_name": f"Rivière{index}"})

    def asked(shared: list[Party]) -> int:
        outcome = tagging.tag(aicha, shared, ["presse"])
        with CaptureQueriesContext(connection) as queries:
            assert len(undo(aicha, outcome)) == len(shared)
        return len(queries)

    every = list(Party.readable.order_by("pk"))
    assert asked(every[:2]) == asked(every[2:])
