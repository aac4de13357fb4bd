"""Concurrent changes and edge cases."""

from dataclasses import replace
from threading import Thread
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from entregent.accounts.jobs import run_pending
from entregent.accounts.models import Membership
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.frame import Conflict
from entregent.actions.members import members, settings
from entregent.actions.parties import parties, refreshing
from entregent.actions.positions import positions
from entregent.actions.tags import tagging
from entregent.actions.toolbox import toolbox
from entregent.api.problems import _conflict
from entregent.directory.messages import Invalid
from entregent.directory.models import Channel, Party, Position
from entregent.journal import timeline
from entregent.journal.models import Entry


@pytest.fixture
def marie(bruno):
    return parties.create(bruno, "p", {"last_name": "Delorme", "first_name": "Marie"})


@pytest.fixture
def place(bruno, marie):
    return positions.attach(bruno, marie, {"organisation_name": "Mairie de Die", "function": "Maire"})


def test_a_place_deleted_meanwhile_does_not_come_back(bruno, place):
    positions.delete(bruno, Position.objects.get(pk=place.pk))
    with pytest.raises(Invalid) as invalid:
        positions.change(bruno, place, {"function": "Adjointe"})
    assert invalid.value.problems[0].code == "gone"
    told = Entry.objects.count()
    positions.delete(bruno, place)
    positions.detach(bruno, place)
    assert not Position.objects.exists()
    assert Entry.objects.count() == told


def test_two_who_change_a_place_keep_what_each_changed(bruno, aicha, place):
    first, second = (Position.objects.get(pk=place.pk) for _ in range(2))
    positions.change(bruno, first, {"phone": "04 75 22 06 19"})
    positions.change(aicha, second, {"email": "marie@die.example"})
    place.refresh_from_db()
    assert (place.phone, place.email) == ("04 75 22 06 19", "marie@die.example")


def test_a_place_closed_twice_is_told_once(bruno, place):
    positions.detach(bruno, place)
    told = Entry.objects.count()
    positions.detach(bruno, place)
    assert Entry.objects.count() == told


def test_a_place_that_would_end_later_ends_now(bruno, marie, place):
    positions.change(bruno, place, {"until": "2999-12-31"})
    positions.detach(bruno, place)
    place.refresh_from_db()
    marie.refresh_from_db()
    assert place.until.year < 2999
    assert marie.organisation_name == ""


def test_when_the_main_place_ends_the_oldest_held_takes_its_rank(bruno, marie, place):
    positions.attach(bruno, marie, {"organisation_name": "Chorale"})
    positions.detach(bruno, place)
    assert Position.objects.get(contact=marie, main=True).organisation.name == "Chorale"


def test_a_place_that_one_cannot_see_is_not_theirs_to_end(aicha, bruno, marie):
    hidden = parties.create(aicha, "o", {"name": "Secret", "visibility": {"mode": "creator"}})
    secret = positions.attach(aicha, marie, {"organisation": hidden.pk, "function": "Taupe"})
    parties.update(bruno, marie, {"organisation_name": "Chorale", "function": "Alto"})
    secret.refresh_from_db()
    assert (secret.until, secret.main) == (None, False)
    assert Position.objects.get(contact=marie, main=True).function == "Alto"


def test_a_value_too_long_is_refused_by_its_name(bruno, marie, place):
    with pytest.raises(Invalid) as invalid:
        positions.change(bruno, place, {"phone": "1" * 10_000})
    assert [(problem.field, problem.code) for problem in invalid.value.problems] == [("phone", "too_long")]
    with pytest.raises(Invalid) as invalid:
        parties.update(bruno, marie, {"function": "x" * 10_000})
    assert [(problem.field, problem.code) for problem in invalid.value.problems] == [("function", "too_long")]


def test_taking_tags_back_takes_no_other(aicha, marie):
    tagging.tag(aicha, [marie], ["presse"])
    code, data = tagging.tag(aicha, [marie], ["presse", "élus"]).undo
    toolbox.run(aicha, code, [Party.objects.get()], data)
    assert Party.objects.get().tag_names == ["presse"]
    code, data = tagging.untag(aicha, [Party.objects.get()], ["presse", "inconnu"]).undo
    toolbox.run(aicha, code, [Party.objects.get()], data)
    assert Party.objects.get().tag_names == ["presse"]


def test_taking_a_restoration_back_never_deletes_for_good(aicha, marie):
    bin_actions.delete(aicha, [marie])
    code, data = bin_actions.restore(aicha, [marie]).undo
    account = settings.change_account(aicha, {"bin_days": 0})
    undone = toolbox.run(replace(aicha, account=account), code, [Party.objects.get()], data)
    assert [party.pk for party, _why in undone.refused] == [marie.pk]
    assert not Party.objects.get().in_bin
    Party.objects.update(binned_at=timezone.now())
    assert bin_actions.restore(replace(aicha, account=account), [marie]).undo is None


def test_people_of_a_great_organisation_deleted_for_good_are_the_workers(aicha, marie, place, monkeypatch):
    monkeypatch.setattr(refreshing, "AT_ONCE", 0)
    bin_actions.purge(aicha, [place.organisation])
    run_pending()
    marie.refresh_from_db()
    assert (marie.organisation_name, marie.function) == ("", "")


def test_who_is_known_by_an_address_alone_can_act(aicha, marie):
    nameless = replace(aicha, name="a" * 250)
    parties.update(nameless, marie, {"function": "", "notes": "…"})
    assert len(Entry.objects.latest("id").by_name) == 170


def test_a_record_shown_to_somebody_who_has_left_can_still_be_changed(aicha, bruno, chloe):
    shown = {"mode": "shared", "users": [chloe.user_id]}
    lea = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Léa", "visibility": shown})
    members.end_membership(aicha, Membership.objects.get(pk=chloe.membership_id))
    assert parties.update(bruno, lea, {"notes": "…"}).notes == "…"
    with pytest.raises(Invalid):
        parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Zoé", "visibility": shown})


def test_a_conflict_tells_no_function_held_where_one_cannot_see(aicha, bruno, marie):
    hidden = parties.create(aicha, "o", {"name": "Secret", "visibility": {"mode": "creator"}})
    parties.update(aicha, marie, {"organisation": hidden.pk, "function": "Taupe"})
    with pytest.raises(Conflict) as conflict:
        parties.update(bruno, marie, {"notes": "…"}, version=1)
    answer = _conflict(SimpleNamespace(by=bruno), conflict.value)
    assert "Taupe" not in answer.content.decode()
    assert "Taupe" in _conflict(SimpleNamespace(by=aicha), conflict.value).content.decode()


def test_a_site_as_long_as_may_be_is_kept(bruno, marie):
    site = f"example.org/{'a' * 488}"
    assert parties.update(bruno, marie, {"website": site})
    assert Channel.objects.get(party=marie, kind="website").value == site


def test_an_author_that_no_database_counts_to_wrote_nothing(bruno, marie):
    assert timeline.of_account(bruno, timeline.Filter(author="9" * 30)).rows == []


@pytest.mark.parametrize("ids", [["²"], ["9" * 30], ["x"]])
def test_ids_that_are_none_show_a_record_to_nobody(bruno, ids):
    card = {"last_name": "Roy", "first_name": "Léa", "visibility": {"mode": "shared", "teams": ids, "users": ids}}
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card)
    assert [problem.code for problem in invalid.value.problems] == ["visibility_nobody"]


@pytest.mark.django_db(transaction=True)
def test_two_who_attach_one_person_at_once_both_do(bruno, marie):
    """Each would hold what the other needs, or give the person two main places."""
    failed = []

    def attach(name: str) -> None:
        try:
            with inside(bruno.account):
                positions.attach(bruno, marie, {"organisation_name": name})
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=attach, args=(f"Chorale {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Position.objects.filter(contact=marie).count() == 6
    assert Position.objects.filter(contact=marie, main=True).count() == 1
