"""Enter in a line of each kind of form does its main action, in a page, in a dialog, and without JavaScript.

That it does so in every form is a law: tests/laws/test_enter.py.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.browser import drawn_alike

from entregent.accounts.actor import Actor
from entregent.accounts.models import User
from entregent.actions.parties import parties
from entregent.directory.models import Party

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]

SAID = "#messages .success"
KINDS = [
    ("contacts/{marie}/modifier/", "birth_name", "Gagné", SAID, "Marie Delorme"),
    ("contacts/{marie}/fiche/", "city", "Aubenas", SAID, "Marie Delorme"),
    ("fiches/{place}/modifier/", "email", "marie@mairie.example", SAID, "Mairie"),
    ("actions/attach/?ids={marie}", "since", "2024-03-01", ".errors", "Organisme"),
    ("saisir/parametrage/fonctions/creer/", "name", "Préfète", "main", "Préfète"),
    ("listes/ajouter/", "name", "Presse", "h1", "Presse"),
    ("saisir/modifier/?quoi=contact", "q", "delorme", "main", "Marie Delorme"),
    ("contacts/?filtrer=1", "city", "Nulle part", ".chip", "Nulle part"),
    ("parametres/compte/", "name", "Les Amis", SAID, ""),
    ("parametres/equipes/creer/", "name", "Bureau", "main", "Bureau"),
]


@pytest.fixture
def marie(aicha: Actor, transactional_db) -> Party:
    return parties.create(
        aicha,
        "p",
        {"last_name": "Delorme", "first_name": "Marie", "organisation_name": "Mairie", "function": "Maire"},
    )


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def at(
    request: pytest.FixtureRequest, browser: Browser, live_server, aicha: Actor
) -> Iterator[Callable[[str], Page]]:
    """``at(path)``: the page there, in the browser of the administrator, with JavaScript and without."""
    client = Client()
    client.force_login(User.objects.get(pk=aicha.user_id))
    context = browser.new_context(java_script_enabled=request.param, locale="fr-FR")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)

    def at(path: str) -> Page:
        page.goto(f"{live_server.url}/{aicha.account.slug}/{path}")
        return page

    yield at
    context.close()


@pytest.mark.may_log("422")
@pytest.mark.parametrize(("path", "name", "text", "where", "said"), KINDS, ids=[kind[0] for kind in KINDS])
def test_enter_does_the_main_action(at: Callable, marie: Party, path, name, text, where: str, said: str) -> None:
    page = at(path.format(marie=marie.pk, place=marie.positions.get().pk))
    field = page.locator(f"main [name={name}]").first
    if not field.is_visible():
        page.locator("main details", has=page.locator(f"[name={name}]")).locator("summary").click()
    field.fill(text)
    field.press("Enter")
    expect(page.locator(where).first).to_contain_text(said)


def test_enter_saves_a_dialog(at: Callable, marie: Party) -> None:
    page = at(f"contacts/{marie.pk}/")
    page.get_by_role("link", name=re.compile("^Balise")).first.click()  # a page of its own without JavaScript
    field = page.locator("#id_names")
    page.wait_for_load_state("networkidle")  # the combobox takes the place of the field that the dialog brought
    field.fill("presse")
    field.press("Enter")
    if page.locator(".choices").count():  # the first chose the word, the second saves
        field.press("Enter")
    expect(page.locator(SAID)).to_contain_text("Marie Delorme")
    assert Party.objects.get(pk=marie.pk).tag_names == ["presse"]
