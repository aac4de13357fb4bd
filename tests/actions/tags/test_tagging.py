"""Tags: equal regardless of case and accents; added and removed in bulk (B2)."""

import pytest
from django.core.exceptions import PermissionDenied

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.actions.tags import tagging
from entregent.directory.messages import Invalid
from entregent.directory.models import Party, Tag
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About


@pytest.fixture
def marie(aicha: Actor) -> Party:
    return parties.create(aicha, "p", {"first_name": "Marie", "last_name": "Delorme", "tags": ["Élus"]})


def tags_of(party: Party) -> list[str]:
    return Party.objects.get(pk=party.pk).tag_names


def test_it_tags_and_is_found_by_it(aicha, marie):
    outcome = tagging.tag(aicha, [marie], ["presse"])
    assert set(tags_of(marie)) == {"presse", "Élus"}
    assert outcome.undo == ("undo", {"entry": About.objects.get(deed="tagged").entry_id})
    assert Selection.read("p", {"tag": "presse"}).parties(aicha).exists()
    assert Selection("p", "presse").parties(aicha).exists()


def test_the_same_word_is_one_tag(aicha, marie):
    assert tagging.tag(aicha, [marie], ["ELUS"]).same == 1
    assert tags_of(marie) == ["Élus"]
    assert Tag.objects.count() == 1


def test_a_tag_is_written_as_it_was_first(aicha, marie):
    paul = parties.create(aicha, "p", {"first_name": "Paul", "last_name": "Martin", "tags": ["ELUS"]})
    assert tags_of(paul) == ["Élus"]
    told = About.objects.count()
    parties.update(aicha, marie, {"tags": ["élus"]})
    assert tags_of(marie) == ["Élus"]
    assert About.objects.count() == told


def test_it_takes_off_whatever_the_case(aicha, marie):
    tagging.untag(aicha, [marie], ["elus"])
    assert tags_of(marie) == []
    about = About.objects.filter(party=marie).latest("id")
    assert (about.deed, about.changes) == ("untagged", {"tags": [["Élus"], []]})


def test_organisations_are_tagged_too(aicha):
    mairie = parties.create(aicha, "o", {"name": "Mairie"})
    tagging.tag(aicha, [mairie], ["presse"])
    assert tags_of(mairie) == ["presse"]


@pytest.mark.parametrize("names", [[], [" "], ["x" * 61]])
def test_what_is_no_tag_is_refused(aicha, marie, names):
    with pytest.raises(Invalid):
        tagging.tag(aicha, [marie], names)
    assert tags_of(marie) == ["Élus"]


def test_a_reader_is_refused(chloe, marie):
    with pytest.raises(PermissionDenied):
        tagging.tag(chloe, [marie], ["presse"])
    assert tags_of(marie) == ["Élus"]
