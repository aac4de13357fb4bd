"""Records in the browser: combo boxes that create items, edit conflicts, errors."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe

from entregent.actions.parties import parties
from entregent.web.links import to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marie(transactional_db, bruno):
    return parties.create(
        bruno, "p",
        {"last_name": "Delorme-Lévesque", "first_name": "Marie", "email": "m.delorme@aubenas.example",
         "phone": "04 75 87 81 00", "organisation_name": "Mairie d’Aubenas", "function": "Directrice de cabinet",
         "address": {"street": "4, place de l’Hôtel-de-Ville", "postal_code": "07200", "city": "Aubenas"},
         "tags": ["presse", "élus"], "notes": "Favorable au partenariat."},
    )  # fmt: skip


def test_an_organisation_and_tags_are_created_on_the_spot(live_server, page: Page, sign_in, bruno, lac):
    sign_in(bruno)
    page.goto(live_server.url + to(bruno, "contacts:new"))
    page.get_by_label("Nom", exact=False).first.fill("Martin")
    page.get_by_label("Prénom").fill("Paul")
    for name, word in {"Organisme": "Chorale du lac", "Balises": "presse"}.items():
        page.get_by_role("combobox", name=name).press_sequentially(word)
        expect(page.get_by_role("option", name=f"Créer «\u00a0{word}\u00a0»")).to_be_visible()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paul Martin")
    expect(page.locator(".person-head").get_by_text("Chorale du lac")).to_be_visible()
    expect(page.locator(".person-head .tag")).to_have_text(["presse"])


def test_enter_in_a_field_saves_and_adds_no_row(live_server, page: Page, sign_in, bruno, marie):
    sign_in(bruno)
    page.goto(live_server.url + to(bruno, "contacts:edit", marie.pk))
    page.get_by_text("Plus de champs").click()
    page.get_by_label("Nom de naissance").fill("Gagné")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Marie Delorme-Lévesque")
    expect(page.get_by_text("Gagné").first).to_be_visible()


@pytest.mark.may_log("409")
def test_the_second_saver_chooses_field_by_field(live_server, page: Page, sign_in, bruno, aicha, marie, shot):
    sign_in(bruno)
    page.goto(live_server.url + to(bruno, "contacts:edit", marie.pk))
    page.get_by_label("Prénom").fill("Maria")
    parties.update(aicha, marie, {"first_name": "Marianne", "phone": "04 75 00 00 00"})
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aïcha Benali a modifié cette fiche")
    shot(page, "conflict")
    axe(page)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maria Delorme-Lévesque")
    expect(page.get_by_role("link", name="04 75 00 00 00")).to_be_visible()


@pytest.mark.may_log("422")
def test_the_first_wrong_field_takes_the_focus_and_the_summary_leads_to_each(
    live_server, page: Page, sign_in, bruno, marie, shot
):
    sign_in(bruno)
    page.goto(live_server.url + to(bruno, "contacts:new"))
    page.get_by_label("Nom").first.fill("Delorme")
    page.get_by_label("Prénom").fill("Marie")
    page.get_by_label("Email").first.fill("M.Delorme@aubenas.example")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".errors")).to_be_visible()
    expect(page.get_by_label("Email").first).to_be_focused()
    expect(page.get_by_role("link", name="Ouvrir la fiche : Marie Delorme-Lévesque").first).to_be_visible()
    expect(page.get_by_label("Adresse partagée").first).to_be_visible()
    shot(page, "errors")
    axe(page)
    page.locator(".errors").get_by_role("link", name="Email").click()
    expect(page.get_by_label("Email").first).to_be_focused()
