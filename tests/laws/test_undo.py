"""«Annuler» never writes over what others did since (B5): for every deed that can be undone."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.announced import start

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import run_pending
from entregent.actions.bin import bin as bin_actions
from entregent.actions.bulk import jobs
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.parties import language, parties
from entregent.actions.standing import relations, states
from entregent.actions.tags import tagging
from entregent.actions.toolbox import toolbox
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import UNDOERS
from entregent.directory.models import ContactList, ContactStatus, ListMember, Party, Tag
from entregent.directory.selections.selections import Selection

Do = Callable[[Actor, list[Party]], Outcome]


def of(run: Callable[..., Outcome], *values: Any) -> Do:
    return lambda by, found: run(by, found, *values)


def listed(by: Actor, found: list[Party]) -> Outcome:
    return list_members.add(by, ContactList.objects.get(), found)


def unlisted(by: Actor, found: list[Party]) -> Outcome:
    return list_members.remove(by, ContactList.objects.get(), found)


WAYS: dict[str, tuple[Do, Do]] = {
    "activated": (of(states.activate), of(states.deactivate)),
    "deactivated": (of(states.deactivate), of(states.activate)),
    "status_changed": (of(relations.give_status, "Membre"), of(relations.give_status, "Prospect")),
    "assigned": (of(relations.assign, None), lambda by, found: relations.assign(by, found, by.user_id)),
    "mail_refused": (of(relations.refuse_mail), of(relations.accept_mail)),
    "mail_accepted": (of(relations.accept_mail), of(relations.refuse_mail)),
    "language_changed": (of(language.change_language, "en"), of(language.change_language, "de")),
    "tagged": (of(tagging.tag, ["presse"]), of(tagging.untag, ["presse"])),
    "untagged": (of(tagging.untag, ["presse"]), of(tagging.tag, ["presse"])),
    "listed": (listed, unlisted),
    "unlisted": (unlisted, listed),
    "binned": (of(bin_actions.delete), of(bin_actions.restore)),
    "restored": (of(bin_actions.restore), of(bin_actions.delete)),
}
"""Deed → how it is done, and its opposite."""


@pytest.fixture
def marie(aicha: Actor) -> Party:
    for rank, name in enumerate(("Prospect", "Membre")):
        ContactStatus.objects.create(account=aicha.account, name=name, key=name.lower(), rank=rank)
    lists.create(aicha, {"name": "Presse", "category": "G"})
    return parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie"})


def again(party: Party) -> list[Party]:
    return [Party.objects.get(pk=party.pk)]


def state(party: Party) -> tuple:
    one = Party.objects.get(pk=party.pk)
    in_list = ListMember.objects.filter(party=one).exists()
    return (
        one.active, one.status_id, one.assigned_to_id, bool(one.mail_refused_at), one.language, one.tag_names,
        one.in_bin, in_list,
    )  # fmt: skip


def undo(by: Actor, outcome: Outcome, party: Party) -> Outcome:
    code, data = outcome.undo
    return toolbox.run(by, code, again(party), data)


@pytest.fixture
def done(marie: Party, aicha: Actor, deed: str) -> Outcome:
    """Aïcha's deed, after its opposite."""
    do, opposite = WAYS[deed]
    opposite(aicha, again(marie))
    outcome = do(aicha, again(marie))
    assert [party.pk for party in outcome.done] == [marie.pk]
    return outcome


def test_there_is_a_way_of_each():
    assert WAYS.keys() == UNDOERS.keys()


@pytest.mark.parametrize("deed", list(WAYS))
def test_what_a_colleague_did_again_since_stays_and_is_told(deed, done, marie, aicha: Actor, bruno: Actor):
    do, opposite = WAYS[deed]
    opposite(bruno, again(marie))
    do(bruno, again(marie))
    before = state(marie)
    outcome = undo(aicha, done, marie)
    assert state(marie) == before
    assert (outcome.done, outcome.same) == ([], 0)
    [(party, why)] = outcome.refused
    assert party == marie
    assert "Bruno Lefèvre" in why


@pytest.mark.parametrize("deed", list(WAYS))
def test_it_undoes_when_only_something_else_was_changed(deed, done, marie, aicha: Actor, bruno: Actor):
    before = state(marie)
    if deed != "binned":
        parties.update(bruno, again(marie)[0], {"notes": "Lue", "tags": [*again(marie)[0].tag_names, "voile"]})
        tagging.untag(bruno, again(marie), ["voile"])
    assert [party.pk for party in undo(aicha, done, marie).done] == [marie.pk]
    assert state(marie) != before


@pytest.mark.parametrize("deed", list(WAYS))
def test_what_a_colleague_did_and_undid_is_as_if_it_had_not_been(deed, done, marie, aicha: Actor, bruno: Actor):
    opposite = WAYS[deed][1](bruno, again(marie))
    undo(bruno, opposite, marie)
    assert [party.pk for party in undo(aicha, done, marie).done] == [marie.pk]
    twice = undo(aicha, done, marie)
    assert (twice.done, twice.refused, twice.same) == ([], [], 1)


@pytest.mark.parametrize("code", ["refuse-mail", "accept-mail", "activate", "deactivate"])
def test_what_a_colleague_confirmed_since_stays(code: str, marie, aicha: Actor, bruno: Actor):
    deed = {"refuse-mail": "mail_refused", "accept-mail": "mail_accepted"}.get(code, f"{code}d")
    WAYS[deed][1](aicha, again(marie))
    data = {"note": ""} if code.endswith("mail") else {}
    done = toolbox.run(aicha, code, again(marie), data)
    confirmed = toolbox.run(bruno, code, again(marie), data)
    assert (confirmed.done, confirmed.same) == ([], 1)
    before = state(marie)
    [(_party, why)] = undo(aicha, done, marie).refused
    assert "Bruno Lefèvre" in why
    assert state(marie) == before
    assert undo(bruno, confirmed, marie).done == []  # who confirmed has changed nothing to take back
    assert state(marie) == before


@pytest.mark.parametrize("field", [("status", "Prospect", "Membre"), ("mail_refused", False, True)])
def test_a_form_counts_as_a_tool_does(field, marie, aicha: Actor, bruno: Actor):
    name, first, second = field
    done = WAYS["status_changed" if name == "status" else "mail_refused"][0](aicha, again(marie))
    for value in (first, second):
        parties.update(bruno, again(marie)[0], {name: value})
    before = state(marie)
    assert undo(aicha, done, marie).refused
    assert state(marie) == before


def test_a_job_names_those_it_leaves(marie, aicha: Actor, bruno: Actor):
    other = parties.create(aicha, "p", {"last_name": "Gagnon", "first_name": "Luc"})
    job = start(aicha, "refuse-mail", Selection("p"), {"note": ""})
    run_pending()
    relations.accept_mail(bruno, again(marie))
    relations.refuse_mail(bruno, again(marie))
    job.refresh_from_db()
    back = jobs.start_undo(aicha, job)
    run_pending()
    back.refresh_from_db()
    assert (back.payload["done"], [name for name, _why in back.payload["refusals"]]) == (1, ["Marie Roy"])
    assert [one.mail_refused_at is not None for one in again(marie) + again(other)] == [True, False]


@pytest.mark.parametrize("deed", ["tagged", "untagged"])
def test_a_renamed_tag_is_undone_by_its_id(deed, done, marie, aicha: Actor, bruno: Actor):
    tag = Tag.objects.get(key="presse")
    items.change(bruno, "tags", tag, {"name": "Médias"})
    assert [party.pk for party in undo(aicha, done, marie).done] == [marie.pk]
    assert again(marie)[0].tag_names == ([] if deed == "tagged" else ["Médias"])
    assert list(Tag.objects.values_list("name", flat=True)) == ["Médias"]


@pytest.mark.parametrize("deed", ["tagged"])
def test_a_tag_renamed_and_put_on_again_stays(deed, done, marie, aicha: Actor, bruno: Actor):
    items.change(bruno, "tags", Tag.objects.get(key="presse"), {"name": "Médias"})
    tagging.untag(bruno, again(marie), ["Médias"])
    tagging.tag(bruno, again(marie), ["Médias"])
    assert undo(aicha, done, marie).refused
    assert again(marie)[0].tag_names == ["Médias"]


@pytest.mark.parametrize("deed", ["untagged"])
def test_a_deleted_tag_is_not_made_anew(deed, done, marie, aicha: Actor):
    Tag.objects.all().delete()
    [(party, why)] = undo(aicha, done, marie).refused
    assert "presse" in why
    assert not Tag.objects.exists()


def test_a_renamed_status_is_given_back(marie, aicha: Actor, bruno: Actor):
    first, second = ContactStatus.objects.order_by("rank")
    relations.give_status(aicha, again(marie), "Prospect")
    done = relations.give_status(aicha, again(marie), "Membre")
    items.change(bruno, "statuses", first, {"name": "À voir"})
    items.change(bruno, "statuses", second, {"name": "Adhérent"})
    assert undo(aicha, done, marie).done
    assert again(marie)[0].status_id == first.pk
