"""Renaming or replacing an item updates the searches stored in lists and views (A4)."""

import pytest

from entregent.accounts import jobs
from entregent.accounts.scope import inside
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.directory.items.renaming import renamed
from entregent.directory.lists.lists import counts
from entregent.directory.models import ContactList, JobFunction, Party, SavedView, Tag


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
    assert renamed(search, "tags", "presse", "Médias") == then


def test_holders_of_a_function_follow():
    found = renamed({"holder": "01:Maire|Adjoint"}, "functions", "maire", "Mairesse")
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


def keep(by, word: str) -> None:
    """A dynamic list and a view of those who have the tag ``word``."""
    search = {"kind": "p", "tag": word}
    lists.create(by, {"name": "Presse", "category": "Général", "kind": "dynamic", "search": search})
    views.save(by, "p", "Presse", {"f": f"and(tag:{word},active:oui)"})


def kept() -> tuple[str, str]:
    return ContactList.objects.get().search["tag"], SavedView.objects.get().search["f"]


@pytest.mark.parametrize("replaced", [False, True])
def test_searches_of_accounts_that_read_the_directory_follow_its_items(sonia, aicha, dimitri, replaced):
    with inside(dimitri.account):  # has the same word of its own: there it still finds something
        items.create(dimitri, "tags", {"name": "presse"})
        keep(dimitri, "presse")
    with inside(sonia.account):
        shared = items.create(sonia, "tags", {"name": "Presse"})
        parties.create(sonia, "p", {"last_name": "Dupont", "first_name": "Marie", "tags": ["Presse"]})
    keep(aicha, "presse")
    with inside(sonia.account):
        if replaced:
            items.delete(sonia, "tags", shared, replace_by=items.create(sonia, "tags", {"name": "Médias"}))
        else:
            items.change(sonia, "tags", shared, {"name": "Médias"})
    jobs.run_pending()
    assert kept() == ("Médias", "and(tag:Médias,active:oui)")
    found = ContactList.objects.get()
    assert counts(aicha, [found])[found.pk] == (1, False)
    with inside(dimitri.account):
        assert kept() == ("presse", "and(tag:presse,active:oui)")


def test_own_records_show_the_services_item_by_its_name_of_now(sonia, aicha):
    with inside(sonia.account):
        tag = items.create(sonia, "tags", {"name": "Élus"})
        function = items.create(sonia, "functions", {"name": "Maire"})
    place = {"organisation_name": "Mairie", "function": "Maire", "tags": ["Élus"]}
    ann = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann"} | place)
    views.save(aicha, "p", "Maires", {"holder": ":Maire"})
    with inside(sonia.account):
        items.change(sonia, "tags", tag, {"name": "Élues"})
        items.change(sonia, "functions", function, {"name": "Mairesse"})
    jobs.run_pending()
    ann.refresh_from_db()
    assert (ann.tag_names, ann.function) == (["Élues"], "Mairesse")
    assert SavedView.objects.get().search == {"holder": ":Mairesse"}


def test_a_layer_over_a_withdrawn_record_follows(sonia, aicha):
    place = {"organisation_name": "Mairie", "function": "Maire", "tags": ["Élus"]}
    with inside(sonia.account):
        base = parties.create(sonia, "p", {"last_name": "Roy", "first_name": "Ann"} | place)
    layer = parties.update(aicha, Party.readable.get(pk=base.pk), {"notes": "À nous"})
    with inside(sonia.account):
        parties.update(sonia, Party.objects.get(pk=base.pk), {"visibility": {"mode": "creator"}})
        items.change(sonia, "tags", Tag.objects.get(), {"name": "Médias"})
        items.change(sonia, "functions", JobFunction.objects.get(), {"name": "Première magistrate"})
    jobs.run_pending()
    layer.refresh_from_db()
    assert (layer.tag_names, layer.function, bool(layer.retired_at)) == (["Médias"], "Première magistrate", True)
    assert "medias" in layer.search_text
    assert "elus" not in layer.search_text
