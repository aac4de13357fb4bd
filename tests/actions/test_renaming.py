"""An item that is renamed or replaced stays in the searches that lists and views keep (A4)."""

import pytest

from entregent.actions import items, lists, parties, views
from entregent.directory.lists import counts
from entregent.directory.models import ContactList, SavedView, Tag
from entregent.directory.renaming import FILTERS, renamed


@pytest.mark.parametrize(
    ("search", "then"),
    [
        ({"tag": "Presse", "city": "presse"}, {"tag": "Médias", "city": "presse"}),
        ({"f": 'and(tag:presse,not(tag:"PRESSE"),tag:radio)'}, {"f": "and(tag:Médias,not(tag:Médias),tag:radio)"}),
        ({"tag": "radio", "q": "presse"}, {"tag": "radio", "q": "presse"}),
        ({"f": "and(tag:presse"}, {"f": "and(tag:presse"}),
    ],
)
def test_conditions_that_name_it_follow_and_others_do_not(search, then):
    assert renamed(search, FILTERS["tags"], "presse", "Médias") == then


def test_holders_of_a_function_follow():
    found = renamed({"holder": "01:Maire|Adjoint"}, FILTERS["functions"], "maire", "Mairesse")
    assert found == {"holder": "01:Mairesse|Adjoint"}


def test_a_dynamic_list_and_a_view_survive_a_renaming(aicha):
    parties.create(aicha, "p", {"last_name": "Dupont", "first_name": "Marie", "tags": ["presse"]})
    search = {"kind": "p", "tag": "presse"}
    made = lists.create(aicha, {"name": "Presse", "category": "Général", "kind": "dynamic", "search": search})
    views.save(aicha, "p", "Presse", {"f": "and(tag:presse,active:oui)"})
    items.change(aicha, "tags", Tag.objects.get(), {"name": "Médias"})
    found = ContactList.objects.get(pk=made.pk)
    assert found.search["tag"] == "Médias"
    assert counts(aicha, [found])[made.pk] == (1, False)
    assert SavedView.objects.get().search == {"f": "and(tag:Médias,active:oui)"}
