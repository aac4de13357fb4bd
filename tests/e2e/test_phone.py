"""On a phone: the bar at the bottom, the list, adding a contact."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser import drawn_alike

from entregent.actions.parties import parties
from entregent.directory.models import Party

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]

TARGET = 24
"""Pixels a finger needs at least (WCAG 2.2, 2.5.8)."""


@pytest.fixture
def phone(page: Page, enter, aicha):
    """Open a path of the account on a screen of 390 × 844."""
    page.set_viewport_size({"width": 390, "height": 844})
    parties.create(aicha, "p", {"last_name": "Delorme", "first_name": "Marie", "email": "marie@lac.example"})
    return enter(aicha)


def test_the_bottom_bar_leads_everywhere(phone: Page) -> None:
    bar = phone.get_by_role("navigation", name="Raccourcis")
    expect(phone.get_by_role("navigation", name="Menu principal")).to_be_hidden()
    words = [text.strip() for text in bar.locator("> a, > details > summary").all_inner_texts()]
    assert words == ["Accueil", "Contacts", "Rechercher", "Ajouter", "Plus"]
    for one in bar.locator("> a, > details > summary").all():
        box = one.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= TARGET
    bar.locator("> details > summary").click()
    bar.get_by_role("link", name="Infobox").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Infobox")


def test_the_list_says_who_and_how_to_reach_them(phone: Page) -> None:
    phone.get_by_role("navigation", name="Raccourcis").get_by_role("link", name="Contacts").click()
    row = phone.locator("[data-row]").first
    expect(row.get_by_role("link", name="Marie Delorme", exact=True)).to_be_visible()
    expect(row.get_by_role("link", name="marie@lac.example")).to_be_in_viewport()
    row.get_by_role("link", name="Marie Delorme", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Marie Delorme")


def test_a_contact_is_added(phone: Page) -> None:
    phone.get_by_role("navigation", name="Raccourcis").get_by_role("link", name="Ajouter").click()
    phone.get_by_label("Nom", exact=False).first.fill("Gagné")
    phone.get_by_label("Prénom").fill("Éloïse")
    save = phone.get_by_role("button", name="Enregistrer", exact=True)
    expect(save).to_be_in_viewport()
    save.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Éloïse Gagné")
    assert Party.objects.filter(name="Éloïse Gagné").exists()
