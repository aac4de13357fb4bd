"""The bin: restored or deleted after 30 days, never with more than was chosen (A2, B6, E8)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Account
from entregent.actions.bin import bin as bin_actions
from entregent.actions.members.settings import change_account
from entregent.actions.parties import parties
from entregent.directory.messages import Invalid
from entregent.directory.models import Address, Channel, Party, Position
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About, Entry


@pytest.fixture
def marie(aicha: Actor) -> Party:
    card = {
        "first_name": "Marie", "last_name": "Delorme", "email": "marie@lac.example", "organisation_name": "Mairie",
        "address": {"city": "Crest"},
    }  # fmt: skip
    return parties.create(aicha, "p", card)


def now(party: Party) -> Party:
    return Party.objects.get(pk=party.pk)


def test_it_goes_to_the_bin_and_comes_back_as_it_was(aicha, marie):
    outcome = bin_actions.delete(aicha, [marie])
    assert outcome.undo[0] == "undo"
    assert now(marie).in_bin
    assert now(marie).binned_by_id == aicha.user_id
    assert not Selection("p").parties(aicha).exists()
    bin_actions.restore(aicha, [marie])
    assert not now(marie).in_bin
    assert now(marie).organisation_name == "Mairie"
    assert Selection("p", "delorme").parties(aicha).get().pk == marie.pk


def test_it_is_told(aicha, marie):
    bin_actions.delete(aicha, [marie])
    bin_actions.restore(aicha, [marie])
    deeds = list(About.objects.filter(party=marie).order_by("id").values_list("deed", flat=True))
    assert deeds[-2:] == ["binned", "restored"]


def test_twice_in_the_bin_is_once(aicha, marie):
    bin_actions.delete(aicha, [marie])
    assert bin_actions.delete(aicha, [marie]).same == 1


def test_an_organisation_in_the_bin_leaves_its_peoples_rows_and_comes_back(aicha, marie):
    mairie = Party.objects.get(kind="o")
    bin_actions.delete(aicha, [mairie])
    assert now(marie).organisation_name == ""
    assert Position.objects.filter(contact=marie).exists()
    bin_actions.restore(aicha, [mairie])
    assert now(marie).organisation_name == "Mairie"


def test_for_good_takes_all_that_is_its_own(aicha, marie):
    bin_actions.delete(aicha, [marie])
    bin_actions.purge(aicha, [marie])
    assert not Party.objects.filter(pk=marie.pk).exists()
    assert not Channel.objects.filter(party_id=marie.pk).exists()
    assert not Address.objects.filter(party_id=marie.pk).exists()
    assert Party.objects.filter(kind="o", name="Mairie").exists()
    assert not About.objects.filter(changes__icontains="marie@lac.example").exists()
    assert Entry.objects.filter(deed="purged").count() == 1


def test_deleting_for_good_an_organisation_leaves_its_people(aicha, marie):
    bin_actions.purge(aicha, [Party.objects.get(kind="o")])
    assert now(marie).organisation_name == ""


def test_an_account_without_a_bin_deletes_at_once(aicha, marie):
    Account.objects.update(bin_days=0)
    by = actor_in("lac", aicha.user_id)
    assert bin_actions.delete(by, [marie]).undo is None
    assert not Party.objects.filter(pk=marie.pk).exists()


def test_the_address_is_free_only_once_it_is_gone_for_good(aicha, marie):
    bin_actions.delete(aicha, [marie])
    bin_actions.purge(aicha, [marie])
    parties.create(aicha, "p", {"first_name": "M", "last_name": "D", "email": "MARIE@lac.example"})


def test_who_may_not_is_refused_and_nothing_is_written(bruno, chloe, marie):
    entries = Entry.objects.count()
    for by, verb in [(chloe, bin_actions.delete), (chloe, bin_actions.restore), (bruno, bin_actions.purge)]:
        with pytest.raises(PermissionDenied):
            verb(by, [marie])
    assert Entry.objects.count() == entries
    assert not now(marie).in_bin


def test_the_worker_empties_what_has_lain_too_long(aicha, marie):
    paul = parties.create(aicha, "p", {"first_name": "Paul", "last_name": "Martin"})
    bin_actions.delete(aicha, [marie, paul])
    Party.objects.filter(pk=marie.pk).update(binned_at=timezone.now() - timedelta(days=31))
    bin_actions.empty_bins()
    assert set(Party.objects.filter(kind="p").values_list("first_name", flat=True)) == {"Paul"}


@pytest.fixture
def old(aicha: Actor, marie: Party) -> Party:
    """Marie, ten days in the bin; Paul came there today."""
    paul = parties.create(aicha, "p", {"first_name": "Paul", "last_name": "Martin"})
    bin_actions.delete(aicha, [marie, paul])
    Party.objects.filter(pk=marie.pk).update(binned_at=timezone.now() - timedelta(days=10))
    return marie


@pytest.mark.parametrize(("days", "going"), [(5, 1), (0, 2)])
def test_fewer_days_are_confirmed_and_spare_a_day(aicha: Actor, old: Party, days: int, going: int):
    with pytest.raises(Invalid) as refused:
        change_account(aicha, {"bin_days": days})
    assert refused.value.problems[0].params == {"count": going}
    account = change_account(aicha, {"bin_days": days}, sure=True)
    bin_actions.empty_bins()
    assert Party.objects.filter(kind="p").count() == 2
    Account.objects.filter(pk=account.pk).update(bin_spared_until=timezone.now() - timedelta(seconds=1))
    bin_actions.empty_bins()
    assert old not in Party.objects.all()


def test_more_days_again_within_the_day_keep_all(aicha: Actor, old: Party):
    change_account(aicha, {"bin_days": 5}, sure=True)
    account = change_account(aicha, {"bin_days": 30})
    assert account.bin_spared_until is None
    bin_actions.empty_bins()
    assert now(old).in_bin


def test_more_days_that_are_still_too_few_are_confirmed_and_spare_again(aicha: Actor, old: Party):
    until = change_account(aicha, {"bin_days": 1}, sure=True).bin_spared_until
    with pytest.raises(Invalid) as refused:
        change_account(aicha, {"bin_days": 5})
    assert (refused.value.problems[0].code, refused.value.problems[0].params) == ("bin_lowered", {"count": 1})
    account = change_account(aicha, {"bin_days": 5}, sure=True)
    assert account.bin_spared_until >= until
    bin_actions.empty_bins()
    assert now(old).in_bin


@pytest.mark.parametrize("days", [12, 20, 60])
def test_days_that_delete_nothing_ask_nothing(aicha: Actor, old: Party, days: int):
    assert change_account(aicha, {"bin_days": days}).bin_spared_until is None


def test_an_empty_bin_asks_nothing(aicha: Actor, marie: Party):
    assert change_account(aicha, {"bin_days": 0}).bin_days == 0
