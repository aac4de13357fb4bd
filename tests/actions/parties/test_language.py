"""The language of many people, changed at once and taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from entregent.actions.parties import language, parties
from entregent.actions.toolbox import undoing
from entregent.directory.models import Party
from entregent.journal.models import About, Entry


@pytest.fixture
def two(aicha) -> list[Party]:
    return [
        parties.create(aicha, "p", {"first_name": name, "last_name": "Delorme", "language": code})
        for name, code in [("Marie", "fr"), ("Paul", "nl")]
    ]


def again() -> list[Party]:
    return list(Party.objects.filter(kind="p").order_by("pk"))


def languages_now() -> list[str]:
    return [person.language for person in again()]


def test_many_change_and_each_gets_their_own_back(aicha, two):
    outcome = language.change_language(aicha, two, "nl")
    assert languages_now() == ["nl", "nl"]
    assert ([party.pk for party in outcome.done], outcome.same) == ([two[0].pk], 1)
    entry = Entry.objects.latest("id")
    assert entry.deed == "language_changed"
    assert About.objects.get(entry=entry).changes == {"language": ["fr", "nl"]}
    undoing.undo(aicha, again(), entry.pk)
    assert languages_now() == ["fr", "nl"]


def test_what_someone_changed_since_stays(aicha, two):
    language.change_language(aicha, two, "en")
    entry = Entry.objects.latest("id")
    parties.update(aicha, Party.objects.get(pk=two[0].pk), {"language": "de"})
    undoing.undo(aicha, again(), entry.pk)
    assert languages_now() == ["de", "nl"]


def test_a_reader_may_not(chloe, two):
    with pytest.raises(PermissionDenied):
        language.change_language(chloe, two, "en")
    assert languages_now() == ["fr", "nl"]
