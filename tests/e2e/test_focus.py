"""Where the focus is: on what a person does next, at sign-in, on a form to fill in, after a save, after an error."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, drawn_alike
from tests.cast import PASSWORD

from entregent.accounts.actor import Actor
from entregent.accounts.models import Team, User
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import JobFunction, Party

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]

FIRST = {
    "contacts/ajouter/": "#id_last_name",
    "organismes/ajouter/": "#id_name",
    "contacts/{marie}/organismes/ajouter/": "#id_organisation",
    "listes/ajouter/": "#id_name",
    "saisir/parametrage/fonctions/creer/": "#id_name",
    "saisir/modifier/": "#saisir-q",
    "parametres/equipes/creer/": "#id_name",
    "parametres/roles/creer/": "#id_name",
    "parametres/champs/creer/": "#id_label",
    "parametres/jetons/creer/": "#id_name",
    "parametres/utilisateurs/inviter/": "#id_email",
}


@pytest.fixture
def marie(aicha: Actor, transactional_db) -> Party:
    return parties.create(aicha, "p", {"last_name": "Delorme", "first_name": "Marie"})


def test_sign_in_begins_with_the_email_and_an_error_with_the_wrong_field(page: Page, live_server, aicha) -> None:
    page.goto(live_server.url)
    expect(page.get_by_label("Email")).to_be_focused()
    page.keyboard.type(User.objects.get(pk=aicha.user_id).email)
    password = page.locator("#id_password")
    password.fill("pas le bon")
    page.keyboard.press("Enter")
    wrong = page.locator("[role=alert]").filter(has_text="Mot de passe")
    expect(wrong).to_be_visible()
    expect(password).to_be_focused()
    expect(password).to_have_accessible_description(re.compile("mot de passe"))
    axe(page)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(password).to_have_count(0)


EDITED = {
    "contacts/{marie}/modifier/": "#id_last_name",
    "contacts/{marie}/fiche/": "#id_email",
    "organismes/{mairie}/modifier/": "#id_name",
    "fiches/{place}/modifier/": "#id_function",
    "parametres/equipes/{team}/": "#id_name",
    "saisir/parametrage/fonctions/{function}/modifier/": "#id_name",
}


def test_a_form_to_change_something_begins_with_its_first_field(enter: Callable, aicha: Actor, marie: Party) -> None:
    given = {"organisation_name": "Mairie", "function": "Maire"}
    place = positions.attach(aicha, marie, given)
    team = Team.objects.create(account=aicha.account, name="Presse")
    function = JobFunction.objects.get(name="Maire")
    numbers = {"place": place.pk, "mairie": place.organisation_id, "team": team.pk, "function": function.pk}
    for path, field in EDITED.items():
        page = enter(aicha, path.format(marie=marie.pk, **numbers))
        expect(page.locator(field), path).to_be_focused()


def test_after_the_sheet_is_saved_its_heading_has_the_focus(enter: Callable, aicha: Actor, marie: Party) -> None:
    page = enter(aicha, f"contacts/{marie.pk}/fiche/")
    page.get_by_label("Ville").fill("Aubenas")
    page.keyboard.press("Enter")
    expect(page.locator("#messages .success")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_form_to_fill_in_begins_with_its_first_field(enter: Callable, aicha: Actor, marie: Party) -> None:
    for path, field in FIRST.items():
        page = enter(aicha, path.format(marie=marie.pk))
        expect(page.locator(field), path).to_be_focused()


def test_after_a_save_the_focus_is_where_one_goes_on(enter: Callable, aicha: Actor, marie: Party) -> None:
    page = enter(aicha, f"contacts/{marie.pk}/modifier/")
    page.get_by_label("Prénom").fill("Marie-Claude")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Marie-Claude Delorme")).to_be_focused()

    page.keyboard.press("Alt+Digit2")
    expect(page.get_by_role("combobox", name="Balises")).to_be_focused()
    page.keyboard.type("presse")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#messages .success")).to_be_visible()
    expect(page.locator("[data-key='2']")).to_be_focused()


def test_after_one_more_comes_the_next(enter: Callable, aicha: Actor, marie: Party) -> None:
    page = enter(aicha, "contacts/ajouter/")
    page.keyboard.type("Roy")
    page.get_by_label("Prénom").fill("Zoé")
    page.locator(".bar summary").click()
    page.get_by_role("button", name="Enregistrer et créer un autre", exact=True).click()
    expect(page.locator("#messages .success")).to_be_visible()
    expect(page.locator("#id_last_name")).to_be_focused()
    expect(page.locator("#id_last_name")).to_have_value("")

    presse = lists.create(aicha, {"name": "Presse", "category": "Général", "reach": "all"})
    page = enter(aicha, f"listes/{presse.pk}/")
    page.get_by_role("combobox", name="Contacts à ajouter").press_sequentially("Delorme")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#messages .success")).to_be_visible()
    expect(page.get_by_role("combobox", name="Contacts à ajouter")).to_be_focused()


@pytest.mark.may_log("422")
def test_all_errors_come_at_once_and_the_first_has_the_focus(enter: Callable, aicha: Actor, marie: Party) -> None:
    parties.update(aicha, marie, {"email": "marie@lac.example"})
    page = enter(aicha, "contacts/ajouter/")
    page.get_by_label("Email").first.fill("MARIE@lac.example")
    page.get_by_text("Plus de champs").click()
    page.get_by_label("Site web", exact=False).first.fill("pas un site")
    page.locator("#id_email").press("Enter")
    expect(page.locator("#id_last_name")).to_be_focused()
    wrong = page.locator("[data-errors] li")
    expect(wrong).to_have_count(4)


def test_a_phone_field_warns_of_an_incomplete_number(enter: Callable, aicha: Actor, marie: Party) -> None:
    page = enter(aicha, "contacts/ajouter/")
    page.locator("#id_phone").fill("04 75 87")
    page.keyboard.press("Tab")
    warning = page.get_by_text("Ce numéro semble incomplet")
    expect(warning).to_be_visible()
    axe(page)
    page.locator("#id_phone").fill("04 75 87 81 00")
    page.keyboard.press("Tab")
    expect(warning).to_have_count(0)
