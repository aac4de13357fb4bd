"""Activate and deactivate (E7): nothing is lost, and records already in the state are left alone."""

import pytest
from django.core.exceptions import PermissionDenied

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.actions.standing import states
from entregent.directory.models import Party
from entregent.journal.models import About, Entry


@pytest.fixture
def pair(aicha: Actor) -> list[Party]:
    return [parties.create(aicha, "p", {"first_name": name, "last_name": "Delorme"}) for name in ("Marie", "Paul")]


def test_it_deactivates_and_comes_back(aicha, pair):
    assert len(states.deactivate(aicha, pair).done) == 2
    assert not Party.objects.filter(kind="p", active=True).exists()
    outcome = states.activate(aicha, pair)
    assert (len(outcome.done), outcome.undo) == (2, ("undo", {"entry": Entry.objects.get(deed="activated").pk}))
    assert Party.objects.filter(kind="p", active=True).count() == 2


def test_it_is_told_field_by_field(aicha, pair):
    states.deactivate(aicha, pair[:1])
    about = About.objects.filter(party=pair[0]).latest("id")
    assert (about.deed, about.changes, about.version) == ("deactivated", {"active": [True, False]}, 2)


def test_the_inactive_need_nothing(aicha, pair):
    states.deactivate(aicha, pair[:1])
    outcome = states.deactivate(aicha, pair)
    assert (len(outcome.done), outcome.same) == (1, 1)


def test_a_reader_is_refused(chloe, pair):
    with pytest.raises(PermissionDenied):
        states.deactivate(chloe, pair)
    assert Party.objects.filter(kind="p", active=True).count() == 2
