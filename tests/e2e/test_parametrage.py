"""«Saisir» → «Paramétrage», by the words of A4: «Créer», «Modifier», «Supprimer», each with «Valider»."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from entregent.actions.items import items
from entregent.actions.parties import parties
from entregent.directory.models import ContactList, ListCategory, Party, Skill
from entregent.kernel import clock

from .test_labels import menu, said

pytestmark = pytest.mark.django_db(transaction=True)


def dialog(page: Page) -> Locator:
    return page.locator("#dialog")


def press(page: Page, name: str) -> None:
    """One of the three buttons above the list."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def validate(page: Page, name: str = "") -> None:
    """«Valider» in the dialog, after a name if one is typed."""
    if name:
        dialog(page).get_by_label("Nom").fill(name)
    dialog(page).get_by_role("button", name="Valider", exact=True).click()


def choose(page: Page, name: str) -> None:
    page.get_by_role("region").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("main").get_by_role("link", name=f"Modifier {name}")).to_be_visible()


def test_a4_saisir_parametrage(enter: Callable, bruno) -> None:
    page = enter(bruno)
    menu(page, "Saisir", "Paramétrage")
    page.get_by_role("main").get_by_role("link", name="Compétence").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compétences")
    press(page, "Créer")
    validate(page, "Ornitologie")
    expect(said(page)).to_contain_text("est créé")
    press(page, "Modifier")  # what was made is chosen
    validate(page, "Ornithologie")
    expect(said(page)).to_contain_text("est modifié")
    assert Skill.objects.get().name == "Ornithologie"
    press(page, "Créer")
    validate(page, "ornithologie")
    expect(dialog(page).get_by_text("est déjà dans cette liste").first).to_be_visible()
    page.keyboard.press("Escape")
    choose(page, "Ornithologie")
    press(page, "Supprimer")
    expect(dialog(page).get_by_role("heading", level=2)).to_contain_text("Supprimer")
    validate(page)
    expect(said(page)).to_contain_text("est supprimé")
    assert not Skill.objects.exists()


def test_a4_what_is_in_use_is_replaced_in_one_step(enter: Callable, bruno) -> None:
    for name in ("Prospect", "Contact"):
        items.create(bruno, "statuses", {"name": name})
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "status": "Prospect"})
    page = enter(bruno, "saisir/parametrage/statuts/")
    choose(page, "Prospect")
    press(page, "Supprimer")
    expect(dialog(page).get_by_role("heading", level=2)).to_contain_text("Impossible de supprimer")
    expect(dialog(page).get_by_role("link", name="Ann Roy")).to_be_visible()
    dialog(page).get_by_label("Remplacer par").select_option("Contact")
    dialog(page).get_by_role("button", name="Remplacer et supprimer").click()
    expect(said(page)).to_contain_text("remplace partout")
    status = Party.objects.get().status
    assert status is not None
    assert status.name == "Contact"


def test_a4_a_category_with_lists_leads_to_lists(enter: Callable, bruno) -> None:
    category = ListCategory.objects.get()
    items.create(bruno, "categories", {"name": "Archives"})
    now = clock.now()
    ContactList.objects.create(
        account=bruno.account, name="Maires", key="maires", category=category, created_by_id=bruno.user_id,
        created_at=now, updated_at=now,
    )  # fmt: skip
    page = enter(bruno, "saisir/parametrage/")
    choose(page, category.name)
    press(page, "Supprimer")
    expect(dialog(page)).to_contain_text("1 liste est encore rangée dans cette catégorie")
    expect(dialog(page).get_by_role("link", name="Maires")).to_be_visible()
    dialog(page).get_by_role("link", name="Voir les listes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Listes")
    expect(page.get_by_role("link", name="Maires").first).to_be_visible()
