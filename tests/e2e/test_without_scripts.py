"""Everything works with links and forms alone: no JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser import drawn_alike
from tests.cast import PASSWORD

from entregent.accounts import jobs
from entregent.actions.parties import parties
from entregent.directory.models import Party

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]


@pytest.fixture
def plain(browser: Browser, live_server, aicha) -> Iterator[Page]:
    """Aïcha's browser without JavaScript, signed in by the form."""
    context = browser.new_context(java_script_enabled=False, locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(live_server.url)
    page.get_by_label("Email").fill("aicha@lac.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    yield page
    context.close()


def go(page: Page, path: str) -> None:
    page.goto(f"{page.url.partition('/lac/')[0]}/lac/{path}")


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def table(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("table")


def test_add_edit_delete_restore(plain: Page) -> None:
    go(plain, "contacts/ajouter/")
    plain.get_by_label("Nom", exact=False).first.fill("Delorme")
    plain.get_by_label("Prénom").fill("Marie")
    plain.locator("[name=organisation_typed]").fill("Mairie d’Aubenas")
    plain.locator("[name=tags_typed]").fill("presse, élus")
    plain.get_by_role("button", name="Enregistrer", exact=True).click()
    heading(plain, "Marie Delorme")
    marie = Party.objects.get(name="Marie Delorme")
    assert (marie.organisation_name, sorted(marie.tag_names)) == ("Mairie d’Aubenas", ["presse", "élus"])

    plain.get_by_role("link", name="Modifier", exact=True).first.click()
    plain.get_by_label("Prénom").fill("Marie-Claude")
    plain.get_by_role("button", name="Enregistrer", exact=True).click()
    heading(plain, "Marie-Claude Delorme")
    assert Party.objects.get(pk=marie.pk).organisation_name == "Mairie d’Aubenas"

    plain.locator("main summary", has_text="Actions").click()
    plain.get_by_role("link", name="Supprimer le contact").click()
    plain.get_by_role("main").get_by_role("button", name=re.compile("^Supprimer")).click()
    expect(plain.locator("#messages")).to_contain_text("Marie-Claude Delorme")
    go(plain, "corbeille/")
    plain.get_by_role("button", name="Restaurer Marie-Claude Delorme").click()
    assert Party.objects.get(pk=marie.pk).binned_at is None


def test_filter_select_and_tag(plain: Page, aicha) -> None:
    for name, tag in (("Achard", "presse"), ("Bailly", "presse"), ("Caron", "élus")):
        parties.create(aicha, "p", {"last_name": name, "first_name": "Luc", "tags": [tag]})
    go(plain, "contacts/")
    plain.get_by_role("link", name="Filtrer").click()
    plain.get_by_label("Balise", exact=True).fill("presse")
    plain.get_by_role("button", name="Afficher").click()
    expect(table(plain)).not_to_contain_text("Caron")
    plain.get_by_label("Sélectionner Luc Achard").check()
    plain.get_by_label(re.compile("Tout sélectionner")).check()
    plain.get_by_role("button", name="Balise", exact=True).click()
    plain.get_by_label("Balises").fill("congrès")
    plain.get_by_role("button", name="Enregistrer").click()
    tagged = {party.last_name for party in Party.objects.all() if "congrès" in party.tag_names}
    assert tagged == {"Achard", "Bailly"}


def test_import(plain: Page) -> None:
    go(plain, "import/")
    content = "Nom;Prénom;E-mail\nDelorme;Marie;marie@lac.example\n".encode()
    plain.get_by_label("Fichier").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    plain.get_by_role("button", name="Continuer").click()
    jobs.run_pending()
    plain.get_by_role("link", name="Voir où il en est").click()
    plain.get_by_role("button", name="Voir l’aperçu").click()
    for button in ("Importer 1 ligne", "Voir les contacts"):
        jobs.run_pending()
        plain.reload()
        plain.get_by_role("main").get_by_text(button).click()
    expect(table(plain)).to_contain_text("Marie Delorme")
