"""A user leaves: what only they could see is handed over or opened to all (B3)."""

from collections.abc import Iterator
from itertools import islice

import pytest
from django.core.exceptions import PermissionDenied
from tests.queries import plans

from entregent.accounts.jobs import HANDLERS, run_pending
from entregent.accounts.models import Job, Membership, User
from entregent.actions.lists import lists
from entregent.actions.members import handing, members
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.saved_views import views
from entregent.actions.standing import relations
from entregent.directory.lists.reach import seen_lists, seen_views
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.journal.models import About, Entry


@pytest.fixture
def brunos(bruno) -> list[Party]:
    """Three records that only Bruno sees, and one that everyone does."""
    cards = [{"last_name": f"N{n}", "first_name": "x", "visibility": {"mode": "creator"}} for n in range(3)]
    found = [parties.create(bruno, "p", card) for card in cards]
    return [*found, parties.create(bruno, "p", {"last_name": "Pour", "first_name": "Tous"})]


@pytest.fixture
def gone(aicha, bruno, brunos) -> None:
    """Bruno has left."""
    members.end_membership(aicha, Membership.objects.get(pk=bruno.membership_id))


def seen(by) -> int:
    return Party.readable.visible_to(by).count()


def test_they_are_counted_and_not_shown(aicha, bruno, brunos):
    assert handing.left_by(aicha, [bruno.user_id, aicha.user_id]) == {
        bruno.user_id: handing.Left(3, 0),
        aicha.user_id: handing.Left(0, 0),
    }
    assert seen(aicha) == 1


def test_they_go_to_another_who_alone_sees_them_then(aicha, bruno, chloe, gone):
    handing.hand_over(aicha, bruno.user_id, Membership.objects.get(pk=chloe.membership_id))
    assert (seen(aicha), seen(chloe)) == (1, 4)
    entry = Entry.objects.get(deed="handed_over")
    assert (entry.by_id, entry.data["name"]) == (aicha.user_id, "Chloé Tremblay")
    assert Party.objects.filter(version=2).count() == 3


def test_or_they_are_opened_to_the_account(aicha, bruno, gone):
    handing.hand_over(aicha, bruno.user_id, None)
    assert seen(aicha) == 4


def test_many_are_handed_over_by_the_worker(aicha, bruno, gone, monkeypatch):
    monkeypatch.setattr(handing, "HANDED_AT_ONCE", 1)
    monkeypatch.setattr(handing, "HANDED_PER_STEP", 2)
    assert isinstance(handing.hand_over(aicha, bruno.user_id, None), Job)
    assert seen(aicha) == 1
    run_pending()
    assert seen(aicha) == 4


@pytest.fixture
def begun(aicha, bruno, chloe, gone, monkeypatch) -> tuple[Job, Iterator]:
    """Of Bruno's three records the worker has handed two over to Chloé."""
    monkeypatch.setattr(handing, "HANDED_AT_ONCE", 1)
    monkeypatch.setattr(handing, "HANDED_PER_STEP", 2)
    job = handing.hand_over(aicha, bruno.user_id, Membership.objects.get(pk=chloe.membership_id))
    assert job
    running = HANDLERS[job.kind][0](job)
    assert next(running) is True
    return job, running


@pytest.mark.parametrize("disabled", [False, True])
def test_it_stops_when_the_receiver_leaves_meanwhile(aicha, bruno, chloe, begun, disabled):
    """Nobody sees what they got: it would be found again for ever."""
    job, running = begun
    if disabled:
        User.objects.filter(pk=chloe.user_id).update(is_active=False)
    else:
        members.end_membership(aicha, Membership.objects.get(pk=chloe.membership_id))
    assert list(islice(running, 9)) == []
    assert handing.stopped(aicha) == "Chloé Tremblay"
    left = handing.left_by(aicha, [bruno.user_id, chloe.user_id])
    assert [left[bruno.user_id].alone, left[chloe.user_id].alone] == [1, 2]
    assert Entry.objects.filter(deed="handed_over").count() == 1


def test_no_record_is_handed_over_twice(aicha, bruno, chloe, begun):
    """What the receiver gave back, or what another attempt finds, lies before the last id that was done."""
    job, _running = begun
    Party.objects.filter(created_by=chloe.user_id).update(created_by=bruno.user_id)
    run_pending()
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert About.objects.filter(deed="handed_over").count() == 3
    assert handing.stopped(aicha) == ""


def test_it_stops_when_who_had_left_is_there_again(bruno, chloe, begun):
    """A record that is assigned to them, and that everyone sees, stays so too."""
    last = Party.objects.order_by("pk").last()
    Party.objects.filter(pk=last.pk).update(assigned_to=bruno.user_id)
    Membership.objects.filter(pk=bruno.membership_id).update(active=True)
    assert list(begun[1]) == []
    assert (seen(bruno), seen(chloe)) == (2, 3)
    assert Party.objects.get(pk=last.pk).assigned_to_id == bruno.user_id


@pytest.mark.parametrize("loss", [{"active": False}, {"role": "reader"}], ids=["left", "demoted"])
def test_it_stops_at_the_next_step_when_its_author_may_no_longer(aicha, bruno, chloe, begun, loss):
    if "role" in loss:
        loss = {"role": Membership.objects.get(pk=chloe.membership_id).role}
    Membership.objects.filter(pk=aicha.membership_id).update(**loss)
    with pytest.raises((PermissionError, PermissionDenied)):
        next(begun[1])
    assert (seen(bruno), seen(chloe)) == (2, 3)


def test_a_collaborator_hands_nothing_over(bruno, chloe, brunos):
    with pytest.raises(PermissionDenied):
        handing.hand_over(chloe, bruno.user_id, None)
    assert Party.objects.filter(visibility="creator").count() == 3


def test_what_a_colleague_keeps_to_themself_is_theirs(aicha, bruno, brunos):
    with pytest.raises(Invalid):
        handing.hand_over(aicha, bruno.user_id, Membership.objects.get(pk=aicha.membership_id))
    assert seen(aicha) == 1


def test_what_is_theirs_alone_and_assigned_to_them_changes_once(aicha, bruno, chloe, brunos):
    relations.assign(bruno, brunos[:1], bruno.user_id)
    members.end_membership(aicha, Membership.objects.get(pk=bruno.membership_id))
    handing.hand_over(aicha, bruno.user_id, Membership.objects.get(pk=chloe.membership_id))
    both = Party.objects.get(pk=brunos[0].pk)
    told = About.objects.get(party=both, deed="handed_over")
    assert (both.version, told.version) == (3, 3)
    assert told.changes == {"assigned_to": [f"user:{bruno.user_id}", f"user:{chloe.user_id}"]}


def test_an_organisation_that_is_opened_shows_on_its_peoples_rows(aicha, bruno):
    loge = parties.create(bruno, "o", {"name": "Loge", "visibility": {"mode": "creator"}})
    marie = parties.create(bruno, "p", {"last_name": "D", "first_name": "Marie"})
    positions.attach(bruno, marie, {"organisation": loge.pk, "function": "Élue"})
    members.end_membership(aicha, Membership.objects.get(pk=bruno.membership_id))
    assert Party.objects.get(pk=marie.pk).organisation_name == ""
    handing.hand_over(aicha, bruno.user_id, None)
    assert Party.objects.get(pk=marie.pk).organisation_name == "Loge"


def test_a_job_whose_author_left_too_is_not_done(aicha, bruno, gone, monkeypatch):
    monkeypatch.setattr(handing, "HANDED_AT_ONCE", 1)
    job = handing.hand_over(aicha, bruno.user_id, None)
    Membership.objects.filter(pk=aicha.membership_id).update(active=False)
    run_pending()
    job.refresh_from_db()
    assert job.state != Job.State.DONE
    assert "PermissionError" in job.error


@pytest.fixture
def own(aicha, bruno) -> None:
    """A list and a view that only Bruno has; he has left."""
    lists.create(bruno, {"name": "Presse", "category": "Divers", "reach": "me"})
    views.save(bruno, "p", "Élus", {"q": "x"})
    members.end_membership(aicha, Membership.objects.get(pk=bruno.membership_id))


def test_lists_and_views_go_to_another_too(aicha, bruno, chloe, own):
    lists.create(aicha, {"name": "PRESSE", "category": "Divers", "reach": "me"})
    views.save(aicha, "p", "élus", {"q": "y"})
    assert handing.left_by(aicha, [bruno.user_id])[bruno.user_id] == handing.Left(lists=1, views=1)
    handing.hand_over(aicha, bruno.user_id, Membership.objects.get(pk=aicha.membership_id))
    assert not handing.left_by(aicha, [bruno.user_id])[bruno.user_id]
    assert {found.name for found in seen_lists(aicha)} == {"PRESSE", "Presse (2)"}
    assert {view.name for view in seen_views(aicha, "p")} == {"élus", "Élus (2)"}
    assert not seen_lists(chloe).exists()
    assert not seen_views(chloe, "p").exists()


def test_or_lists_and_views_are_opened_too(aicha, bruno, chloe, own):
    lists.create(aicha, {"name": "Presse", "category": "Divers"})
    handing.hand_over(aicha, bruno.user_id, None)
    assert {found.name for found in seen_lists(chloe)} == {"Presse", "Presse (2)"}
    assert [view.name for view in seen_views(chloe, "p")] == ["Élus"]


def test_what_nobody_sees_is_found_by_an_index_of_hidden_records(aicha, bruno, gone):
    """Those that everyone sees, nearly all of an account, are not read."""
    for ask in (
        lambda: handing.unseen(aicha),
        lambda: handing.left_by(aicha, [bruno.user_id]),
        lambda: list(handing._theirs(bruno.user_id)),
    ):
        of_parties = [plan for plan in plans(ask) if "directory_party" in plan or "party_" in plan]
        assert [plan for plan in of_parties if "party_hidden" in plan]
