"""The whole path by keyboard alone: sign in, import a file, find, edit, tag, deactivate, delete, restore."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser import drawn_alike
from tests.cast import PASSWORD

from entregent.actions.parties import parties
from entregent.directory.models import Party

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]

FILE = "Nom;Prénom;E-mail;Ville\nDelorme;Marie;marie@lac.example;Aubenas\nMartin;Paul;paul@lac.example;Die\n"
FOCUSED = "document.activeElement"
RING = """(() => { const focused = document.activeElement;
    const style = getComputedStyle(focused.closest(".combobox:has(.chosen li)") || focused);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none"; })()"""


class Keys:
    """Someone without a mouse: goes on with Tab until what they look for has the focus, then presses."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, aim: Locator, backwards: bool = False) -> None:
        """Press Tab until ``aim`` is focused: seen, and ringed."""
        for _ in range(150):
            if aim.count() and aim.first.evaluate(f"element => element === {FOCUSED}"):
                break
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        else:
            pytest.fail(f"Tab never comes to {aim}")
        assert self.page.evaluate(RING), f"the focus on {aim} can't be seen"

    def press(self, aim: Locator, key: str = "Enter") -> None:
        self.to(aim)
        self.page.keyboard.press(key)

    def type(self, aim: Locator, text: str) -> None:
        self.to(aim)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)


def said(page: Page) -> Locator:
    return page.locator("#messages [role=status]").last


def test_the_whole_path_without_a_mouse(page: Page, live_server, aicha, worker) -> None:
    keys = Keys(page)
    page.goto(live_server.url)

    keys.type(page.get_by_label("Email"), "aicha@lac.example")
    keys.type(page.get_by_label("Mot de passe"), PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")

    import_a_file(page, keys)
    find_and_edit(page, keys)
    use_the_toolbox(page, keys)
    delete_and_restore(page, keys)


def import_a_file(page: Page, keys: Keys) -> None:
    keys.press(page.locator(".topbar summary", has_text="Ajouter"))
    keys.press(page.get_by_role("link", name="Importer un fichier").locator("visible=true").first)
    chooser = page.get_by_label("Fichier")
    keys.to(chooser)
    chooser.set_input_files({"name": "carnet.csv", "mimeType": "text/csv", "buffer": FILE.encode()})
    keys.press(page.get_by_role("button", name="Continuer"))
    city = page.get_by_label("Ville", exact=True)
    keys.to(city)
    expect(city.locator("option:checked")).to_have_text("Ville")
    keys.press(page.get_by_role("button", name="Voir l’aperçu"))
    go = page.get_by_role("button", name="Importer 2 lignes")
    expect(go).to_be_visible()  # when the file is checked
    keys.press(go)
    expect(page.get_by_text("L’import est terminé")).to_be_visible()


def find_and_edit(page: Page, keys: Keys) -> None:
    page.locator("h1").evaluate(f"{FOCUSED}.blur()")
    page.keyboard.press("/")
    page.keyboard.type("delorme mar")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rechercher")
    keys.press(page.get_by_role("main").get_by_role("link", name="Marie Delorme"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Marie Delorme")
    keys.press(page.get_by_role("link", name="Modifier", exact=True).first)
    keys.type(page.get_by_role("combobox", name="Organisme"), "Mairie d’Aubenas")
    expect(page.get_by_role("option", name="Créer «\u00a0Mairie d’Aubenas\u00a0»")).to_be_visible()
    page.keyboard.press("Enter")
    keys.press(page.get_by_role("button", name="Enregistrer", exact=True))
    expect(page.get_by_role("link", name="Mairie d’Aubenas").first).to_be_visible()


def use_the_toolbox(page: Page, keys: Keys) -> None:
    tag = page.get_by_role("complementary").get_by_role("link", name=re.compile("^Balise"))
    keys.press(tag)
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(tag).to_be_focused()
    page.keyboard.press("Alt+Digit2")
    expect(box.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("presse")
    page.keyboard.press("Enter")
    keys.press(box.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_role("main").get_by_role("link", name="presse", exact=True)).to_be_visible()
    keys.press(page.get_by_role("complementary").get_by_role("link", name=re.compile("^Désactiver")))
    keys.press(box.get_by_role("button", name="Désactiver"))
    expect(page.locator("main header .state")).to_contain_text("Inactif")


def delete_and_restore(page: Page, keys: Keys) -> None:
    keys.press(page.locator("main summary", has_text="Actions"))
    keys.press(page.get_by_role("link", name="Supprimer le contact"))
    box = page.get_by_role("dialog")
    expect(box.get_by_role("link", name="Annuler")).to_be_focused()
    keys.press(box.get_by_role("button", name=re.compile("^Supprimer")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Contacts")
    expect(said(page)).to_contain_text("Marie Delorme")
    assert not Party.objects.filter(name="Marie Delorme", binned_at=None).exists()
    keys.press(page.get_by_role("link", name="Corbeille").locator("visible=true").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Corbeille")
    keys.press(page.get_by_role("button", name="Restaurer Marie Delorme"))
    expect(said(page)).to_contain_text("Marie Delorme")
    marie = Party.objects.get(name="Marie Delorme", binned_at=None)
    assert (marie.active, marie.tag_names, marie.organisation_name) == (False, ["presse"], "Mairie d’Aubenas")


def test_the_list_is_walked_and_ticked_by_letters(enter, page: Page, aicha) -> None:
    for name in ("Achard", "Bailly", "Caron"):
        parties.create(aicha, "p", {"last_name": name, "first_name": "Luc"})
    enter(aicha, "contacts/")
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    expect(page.get_by_label("Sélectionner Luc Bailly")).to_be_checked()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Luc Achard")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_the_first_tab_skips_to_the_content(enter, page: Page, aicha) -> None:
    enter(aicha, "contacts/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
