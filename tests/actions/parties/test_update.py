"""Change a record (A1, B5): only the given fields change, and nothing is overwritten silently."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from entregent.accounts.scope import inside
from entregent.actions.frame import Conflict
from entregent.actions.parties import parties
from entregent.directory.messages import Invalid
from entregent.directory.models import Party, Position
from entregent.journal.models import About, Entry


@pytest.fixture
def marie(bruno):
    return parties.create(
        bruno,
        "p",
        {
            "last_name": "Delorme",
            "first_name": "Marie",
            "email": "marie@lac.example",
            "phones": [{"value": "04 75 87 81 00", "label": "bureau"}, {"value": "06 45 12 98 03"}],
            "organisation_name": "Agence Lumen",
            "function": "Chargée de mission",
            "tags": ["presse"],
        },
    )


def changes_of(party) -> dict:
    return About.objects.filter(party=party).order_by("-id").first().changes


def test_what_is_not_named_stays(bruno, marie):
    party = parties.update(bruno, marie, {"first_name": "Maria"})
    assert (party.name, party.email, party.tag_names) == ("Maria Delorme", "marie@lac.example", ["presse"])
    assert changes_of(party) == {"first_name": ["Marie", "Maria"]}


def test_nothing_changed_writes_nothing(bruno, marie):
    entries = Entry.objects.count()
    party = parties.update(bruno, marie, {"first_name": "Marie", "tags": ["presse"]})
    assert party.version == marie.version
    assert Entry.objects.count() == entries


def test_a_new_main_phone_leaves_the_others(bruno, marie):
    party = parties.update(bruno, marie, {"phone": "04 75 00 00 00"})
    kept = list(party.channels.filter(kind="phone").order_by("rank").values_list("value", "label"))
    assert kept == [("04 75 00 00 00", "bureau"), ("06 45 12 98 03", "")]


def test_another_organisation_closes_the_old_place_and_keeps_it(bruno, marie):
    party = parties.update(bruno, marie, {"organisation_name": "Mairie de Die", "function": "Maire"})
    assert (party.organisation_name, party.function) == ("Mairie de Die", "Maire")
    places = Position.objects.filter(contact=party).order_by("pk")
    assert [(place.organisation.name, place.main, place.until is None) for place in places] == [
        ("Agence Lumen", False, False),
        ("Mairie de Die", True, True),
    ]


def test_the_second_of_two_savers_sees_what_the_first_changed(bruno, aicha, marie):
    parties.update(aicha, marie, {"first_name": "Marion"}, version=1)
    with pytest.raises(Conflict) as conflict:
        parties.update(bruno, marie, {"first_name": "Maria"}, version=1)
    theirs = [(one.field, one.old, one.new, one.by_name) for one in conflict.value.theirs]
    assert theirs == [("first_name", "Marie", "Marion", "Aïcha Benali")]
    assert Party.objects.get(pk=marie.pk).first_name == "Marion"


def test_a_reader_changes_nothing(chloe, marie):
    with pytest.raises(PermissionDenied):
        parties.update(chloe, marie, {"first_name": "Maria"})


def test_an_organisations_new_name_reaches_its_people(bruno, marie):
    organisation = Party.objects.get(name="Agence Lumen")
    parties.update(bruno, organisation, {"name": "Lumen & Fils"})
    marie.refresh_from_db()
    assert marie.organisation_name == "Lumen & Fils"
    assert "lumen fils" in marie.search_text


def test_an_organisation_that_is_hidden_leaves_its_peoples_rows(bruno, marie):
    organisation = Party.objects.get(name="Agence Lumen")
    parties.update(bruno, organisation, {"visibility": {"mode": "creator"}})
    marie.refresh_from_db()
    assert (marie.organisation_name, marie.function, marie.organisation_id) == ("", "", None)
    assert "lumen" not in marie.search_text


def test_ones_own_email_is_not_in_use(bruno, marie):
    party = parties.update(bruno, marie, {"email": "MARIE@lac.example"})
    assert party.email == "MARIE@lac.example"


def test_a_patch_with_a_problem_writes_nothing(bruno, marie):
    with pytest.raises(Invalid):
        parties.update(bruno, marie, {"first_name": "Maria", "email": "a@@b"})
    assert Party.objects.get(pk=marie.pk).first_name == "Marie"


@pytest.mark.django_db(transaction=True)
def test_the_same_email_at_the_same_time_is_kept_once(transactional_db, bruno):
    """Both have looked and found the address free; the database lets one in."""
    start, outcomes = threading.Barrier(2, timeout=20), []

    def add(name: str) -> None:
        try:
            with inside(bruno.account):
                start.wait()
                parties.create(bruno, "p", {"last_name": name, "first_name": "A", "email": "same@lac.example"})
            outcomes.append("kept")
        except Invalid as invalid:
            outcomes.append(invalid.problems[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(name,)) for name in ("Un", "Deux")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["email_taken", "kept"]
    assert Party.objects.filter(email="same@lac.example").count() == 1


def test_a_record_deleted_for_good_meanwhile_is_said_and_nothing_breaks(bruno):
    marie = parties.create(bruno, "p", {"last_name": "Dupont", "first_name": "Marie"})
    Party.objects.all().delete()
    with pytest.raises(Invalid) as refused:
        parties.update(bruno, marie, {"first_name": "Anne"}, version=1)
    assert [problem.code for problem in refused.value.problems] == ["gone"]
