"""A person's positions in organisations: attach, change, close, delete (A1, A2, B1)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.messages import Invalid
from entregent.directory.models import Party, Position
from entregent.journal.models import About, Entry


@pytest.fixture
def marie(bruno):
    return parties.create(bruno, "p", {"last_name": "Delorme", "first_name": "Marie"})


@pytest.fixture
def mairie(bruno):
    return parties.create(bruno, "o", {"name": "Mairie de Die"})


def test_the_first_place_is_the_main_one_and_shows(bruno, marie, mairie):
    place = positions.attach(bruno, marie, {"organisation": mairie.pk, "function": "Maire", "since": "02/01/2024"})
    marie.refresh_from_db()
    assert place.main
    assert place.since.isoformat() == "2024-01-02"
    assert (marie.organisation_name, marie.function) == ("Mairie de Die", "Maire")


def test_a_second_place_does_not_take_the_first_ones_rank(bruno, marie, mairie):
    positions.attach(bruno, marie, {"organisation": mairie.pk})
    positions.attach(bruno, marie, {"organisation_name": "Chorale", "function": "Alto"})
    marie.refresh_from_db()
    assert marie.organisation_name == "Mairie de Die"
    assert "chorale" in marie.search_text


def test_a_new_main_place_takes_over(bruno, marie, mairie):
    positions.attach(bruno, marie, {"organisation": mairie.pk})
    positions.attach(bruno, marie, {"organisation_name": "Chorale", "main": True})
    marie.refresh_from_db()
    assert marie.organisation_name == "Chorale"
    assert Position.objects.filter(contact=marie, main=True).count() == 1


def test_nobody_is_attached_who_has_been_deleted_for_good(bruno, marie, mairie):
    Party.objects.filter(pk=marie.pk).delete()
    with pytest.raises(Invalid):
        positions.attach(bruno, marie, {"organisation": mairie.pk})


def test_the_same_place_twice_is_refused(bruno, marie, mairie):
    positions.attach(bruno, marie, {"organisation": mairie.pk, "function": "Maire"})
    with pytest.raises(Invalid) as invalid:
        positions.attach(bruno, marie, {"organisation": mairie.pk, "function": "maire"})
    assert invalid.value.problems[0].code == "position_exists"
    assert Position.objects.count() == 1


def test_dates_in_the_wrong_order_are_refused(bruno, marie, mairie):
    with pytest.raises(Invalid) as invalid:
        positions.attach(bruno, marie, {"organisation": mairie.pk, "since": "2025-01-01", "until": "2024-01-01"})
    assert [(problem.field, problem.code) for problem in invalid.value.problems] == [("until", "dates_order")]


def test_a_closed_place_is_kept_and_shows_no_more(bruno, marie, mairie):
    place = positions.attach(bruno, marie, {"organisation": mairie.pk})
    positions.detach(bruno, place)
    marie.refresh_from_db()
    assert Position.objects.get().until == timezone.localdate()
    assert (marie.organisation_name, marie.organisation_id) == ("", None)


def test_deleting_a_place_leaves_both_ends(bruno, marie, mairie):
    place = positions.attach(bruno, marie, {"organisation": mairie.pk})
    positions.delete(bruno, place)
    assert not Position.objects.exists()
    assert Party.objects.filter(pk__in=[marie.pk, mairie.pk], binned_at=None).count() == 2


def test_both_ends_are_told(bruno, marie, mairie):
    positions.attach(bruno, marie, {"organisation": mairie.pk})
    entry = Entry.objects.get(deed="attached")
    assert set(About.objects.filter(entry=entry).values_list("party", flat=True)) == {marie.pk, mairie.pk}


def test_what_is_done_at_a_hidden_organisation_is_not_written_on_the_person(bruno, marie):
    hidden = parties.create(bruno, "o", {"name": "Discrète", "visibility": {"mode": "creator"}})
    positions.attach(bruno, marie, {"organisation": hidden.pk, "function": "Espionne"})
    assert About.objects.get(party=marie, deed="attached").changes == {}
    assert About.objects.get(party=hidden, deed="attached").changes["function"] == ["", "Espionne"]


def test_a_reader_attaches_nobody(chloe, marie, mairie):
    with pytest.raises(PermissionDenied):
        positions.attach(chloe, marie, {"organisation": mairie.pk})
    assert not Position.objects.exists()
