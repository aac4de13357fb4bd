"""The path of lists in the browser: a new list, filled by name and by ticks, of a function, moved, deleted."""

import pytest
from playwright.sync_api import Page, expect

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.lists.lists import members
from entregent.directory.models import ContactList, Party

from .test_labels import add, choose, heading, menu, said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(aicha: Actor, transactional_db) -> Party:
    address = {"postal_code": "01000", "city": "Bourg", "country": "FR"}
    town = parties.create(aicha, "o", {"name": "Mairie de Bourg", "address": address})
    for last_name in ("Delorme", "Gagnon"):
        parties.create(aicha, "p", {"last_name": last_name, "first_name": "Marie"})
    positions.attach(aicha, Party.objects.get(last_name="Delorme"), {"organisation": town.pk, "function": "Maire"})
    return town


def names(by: Actor, name: str) -> set[str]:
    return set(members(by, ContactList.objects.get(name=name)).values_list("last_name", flat=True))


def test_a_list_is_made_filled_emptied_moved_and_deleted(enter, aicha: Actor, town: Party, page: Page):
    enter(aicha)
    add(page, "Liste")
    heading(page, "Ajouter une liste")
    page.get_by_role("textbox", name="Nom", exact=True).fill("Presse")
    page.get_by_role("textbox", name="nouvelle catégorie").fill("Communication")
    page.get_by_role("button", name="Enregistrer").click()
    heading(page, "Presse")
    expect(page.get_by_text("Personne dans cette liste pour l’instant")).to_be_visible()
    choose(page, "Contacts à ajouter", "Delorme")
    page.get_by_role("button", name="Ajouter à la liste").click()
    expect(said(page)).to_contain_text("Marie Delorme")
    expect(page.get_by_role("row", name="Marie Delorme")).to_contain_text("Aïcha Benali")

    menu(page, "Contacts")
    page.get_by_label("Sélectionner Marie Gagnon").check()
    page.get_by_role("button", name="Ajouter à une liste").click()
    choose(page, "Liste", "Presse")
    page.get_by_role("dialog").get_by_role("button", name="Enregistrer").click()
    expect(said(page)).to_contain_text("Fiche ajoutée à la liste")
    assert names(aicha, "Presse") == {"Delorme", "Gagnon"}

    menu(page, "Listes")
    page.get_by_role("link", name="Presse", exact=True).click()
    page.get_by_label("Sélectionner Marie Gagnon").check()
    page.get_by_role("button", name="Retirer d’une liste").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("combobox")).to_have_value("Presse")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(said(page)).to_contain_text("Fiche retirée de la liste")
    assert names(aicha, "Presse") == {"Delorme"}
    page.get_by_role("button", name="Annuler").first.click()
    expect(page.get_by_role("row", name="Marie Gagnon")).to_be_visible()

    menu(page, "Listes")
    page.get_by_label("Sélectionner Presse").check()
    page.get_by_role("button", name="Déplacer vers une catégorie").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Presse")
    dialog.get_by_role("textbox", name="nouvelle catégorie").fill("Médias")
    dialog.get_by_role("button", name="Déplacer").click()
    expect(page.get_by_role("row", name="Médias", exact=True)).to_be_visible()
    page.get_by_label("Sélectionner Presse").check()
    page.get_by_role("button", name="Supprimer").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("restent")
    dialog.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("heading", name="Aucune liste pour l’instant")).to_be_visible()
    assert Party.objects.filter(last_name="Gagnon", binned_at=None).exists()


def test_a_list_of_a_function_and_one_of_a_search(enter, aicha: Actor, town: Party, page: Page):
    enter(aicha, "listes/ajouter/")
    page.get_by_role("textbox", name="Nom", exact=True).fill("Maires de l’Ain")
    page.get_by_role("link", name="Selon une fonction").click()  # what is typed comes along
    choose(page, "Fonction", "Maire")
    choose(page, "Dans quel département", "Ain (01)")
    page.get_by_role("textbox", name="nouvelle catégorie").fill("Élus")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("row", name="Marie Delorme")).to_be_visible()
    expect(page.get_by_role("row", name="Marie Gagnon")).to_have_count(0)

    menu(page, "Contacts")
    heading(page, "Contacts")  # the list has a search box of the same name
    page.get_by_role("searchbox", name="Rechercher dans la liste").fill("gagnon")
    page.get_by_role("link", name="Enregistrer comme liste dynamique").click()
    page.get_by_role("textbox", name="Nom", exact=True).fill("Les Gagnon")
    page.get_by_role("button", name="Enregistrer").click()
    heading(page, "Les Gagnon")
    expect(page.get_by_role("row", name="Marie Gagnon")).to_be_visible()
    assert names(aicha, "Les Gagnon") == {"Gagnon"}
