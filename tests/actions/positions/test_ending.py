"""Positions that end by date, and the permission to change tags."""

from datetime import timedelta

import pytest
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Role
from entregent.accounts.permissions import COLLABORATOR, Can
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.positions.chores import end_places
from entregent.directory.messages import Invalid
from entregent.directory.models import Party, Position


def test_a_place_whose_end_has_come_gives_its_rank_to_the_next(bruno):
    marie = parties.create(bruno, "p", {"last_name": "Dupont", "first_name": "Marie", "organisation_name": "Un"})
    positions.attach(bruno, marie, {"organisation_name": "Deux", "function": "Élue"})
    tomorrow = timezone.localdate() + timedelta(days=1)
    Position.objects.filter(contact=marie, main=True).update(until=tomorrow)
    end_places()
    marie.refresh_from_db()
    assert marie.organisation_name == "Un"
    Position.objects.filter(contact=marie, main=True).update(until=timezone.localdate())
    end_places()
    marie.refresh_from_db()
    assert (marie.organisation_name, marie.function) == ("Deux", "Élue")
    assert Party.objects.filter(pk=marie.pk, search_text__contains="deux").exists()


@pytest.fixture
def tagless(bruno) -> Actor:
    """Bruno with a role that may do all but tag."""
    role = Role.objects.create(
        account=bruno.account, name="Sans balises", permissions=sorted(COLLABORATOR - {Can.WRITE_TAGS})
    )
    membership = Membership.objects.get(pk=bruno.membership_id)
    membership.role = role
    membership.save()
    return Actor.of(membership)


def test_tags_are_changed_by_those_who_may_whichever_form_they_use(aicha, tagless):
    """E3."""
    card = {"last_name": "Dupont", "first_name": "Marie", "tags": ["presse"]}
    with pytest.raises(Invalid, match="tags_denied"):
        parties.create(tagless, "p", card)
    marie = parties.create(aicha, "p", card)
    with pytest.raises(Invalid, match="tags_denied"):
        parties.update(tagless, marie, {"tags": []})
    assert parties.update(tagless, marie, {"tags": ["Presse"], "notes": "ok"}).notes == "ok"
