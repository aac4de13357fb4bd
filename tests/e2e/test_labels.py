"""The paths of the products that people come from, by the very words of their help pages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.directory.models import Party

pytestmark = pytest.mark.django_db(transaction=True)

MARIE = {"last_name": "Delorme", "first_name": "Marie", "organisation_name": "Mairie d’Aubenas", "function": "Maire"}


@pytest.fixture
def marie(aicha: Actor, transactional_db) -> Party:
    return parties.create(aicha, "p", MARIE)


def menu(page: Page, *words: str) -> None:
    """Follow the main menu, word after word."""
    column = page.get_by_role("navigation", name="Menu principal")
    for opener in words[:-1]:
        column.locator("summary", has_text=opener).click()
    column.get_by_role("link", name=words[-1], exact=True).last.click()


def add(page: Page, what: str) -> None:
    """«Ajouter» at the top, then one of what it offers."""
    page.locator(".topbar summary", has_text="Ajouter").click()
    page.get_by_role("link", name=what, exact=True).locator("visible=true").last.click()


def choose(page: Page, label: str, text: str) -> None:
    """Type into a combo box and take what it says first."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(text)
    expect(page.get_by_role("option", name=text).first).to_be_visible()
    page.keyboard.press("Enter")


def said(page: Page) -> Locator:
    """The word of success that a change leaves."""
    return page.locator("#messages [role=status]").first


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def search(page: Page, name: str) -> Locator:
    page.get_by_label("Nom", exact=True).fill(name)
    page.get_by_role("main").get_by_role("button", name="Rechercher").click()
    return page.get_by_role("region", name="Résultats")


@pytest.mark.parametrize(("what", "name"), [("Contact", "Marie Delorme"), ("Organisme", "Mairie d’Aubenas")])
def test_a1_saisir_modifier(enter: Callable, bruno, marie, what: str, name: str) -> None:
    page = enter(bruno)
    menu(page, "Saisir", "Modifier")
    page.get_by_role("main").get_by_role("link", name=what, exact=True).click()
    search(page, name).get_by_role("link", name=name).click()
    page.get_by_label("Téléphone", exact=True).first.fill("04 75 87 81 00")
    page.get_by_role("button", name="Valider", exact=True).click()
    expect(said(page)).to_be_visible()
    assert Party.objects.get(name=name).phone == "04 75 87 81 00"


@pytest.mark.parametrize(
    ("what", "name", "button", "left"),
    [
        ("Contact", "Marie Delorme", "Supprimer ce contact", (1, 0)),
        ("Organisme", "Mairie d’Aubenas", "Supprimer cet organisme", (1, 0)),
        ("Fiche contact/organisme", "Marie Delorme", "Supprimer cette fiche", (2, 0)),
    ],
)
def test_a2_saisir_supprimer(enter: Callable, bruno, marie, what: str, name: str, button: str, left) -> None:
    page = enter(bruno)
    menu(page, "Saisir", "Supprimer")
    page.get_by_role("main").get_by_role("link", name=what, exact=True).click()
    search(page, name).get_by_role("link", name=re.compile(name)).first.click()
    page.get_by_role("button", name=button, exact=True).click()
    expect(said(page)).to_be_visible()
    assert Party.objects.filter(binned_at=None).count() == left[0]
    if what.startswith("Fiche"):
        assert not marie.positions.exists()


def test_b1_a_company_first_then_its_contacts(enter: Callable, bruno) -> None:
    page = enter(bruno)
    add(page, "Organisme")
    page.get_by_label("Nom", exact=False).first.fill("Coopérative du Vercors")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    heading(page, "Coopérative du Vercors")
    page.get_by_role("link", name="Ajouter un contact").first.click()
    page.get_by_label("Prénom").fill("Mathieu")
    page.get_by_label("Nom", exact=False).first.fill("Saint-Pierre")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    heading(page, "Mathieu Saint-Pierre")
    assert Party.objects.get(name="Mathieu Saint-Pierre").organisation_name == "Coopérative du Vercors"


def test_b2_contacts_ajouter_with_a_company_made_on_the_spot_and_tags_that_filter(enter: Callable, bruno) -> None:
    page = enter(bruno, "contacts/")
    add(page, "Contact")
    page.get_by_label("Nom", exact=False).first.fill("N’Diaye")
    page.get_by_label("Prénom").fill("Fatou")
    choose(page, "Organisme", "Réseau Femmes")
    page.get_by_label("Téléphone", exact=True).first.fill("07 55 89 10 32")
    choose(page, "Balises", "presse")
    page.keyboard.press("Escape")
    page.get_by_text("Plus de champs").click()
    page.get_by_label("Site web", exact=False).first.fill("https://rft.example")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    heading(page, "Fatou N’Diaye")
    assert Party.objects.get(kind="p").organisation_name == "Réseau Femmes"
    page.get_by_role("link", name="presse", exact=True).click()
    expect(page.get_by_role("table").get_by_role("link", name="Fatou N’Diaye", exact=True)).to_be_visible()
    expect(page.locator(".chip")).to_contain_text("presse")


def test_b3_who_can_see_the_contact(enter: Callable, browse, bruno, aicha) -> None:
    page = enter(bruno, "contacts/ajouter/")
    for label in ("Tout le monde", "Seul le créateur de l'enregistrement", "Équipes ou individus"):
        expect(page.get_by_label(label)).to_be_visible()
    page.get_by_label("Nom", exact=False).first.fill("Discret")
    page.get_by_label("Prénom").fill("Denis")
    page.get_by_label("Seul le créateur de l'enregistrement").check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    heading(page, "Denis Discret")
    hidden = Party.objects.get(name="Denis Discret").pk
    assert browse(bruno).get(f"/lac/contacts/{hidden}/").status_code == 200
    assert browse(aicha).get(f"/lac/contacts/{hidden}/").status_code == 404
    assert "Denis" not in browse(aicha).get("/lac/recherche/?q=discret").text


def test_b4_enregistrer_et_creer_un_autre(enter: Callable, bruno) -> None:
    page = enter(bruno, "contacts/ajouter/")
    page.get_by_label("Nom", exact=False).first.fill("Premier")
    page.get_by_label("Prénom").fill("Paul")
    page.locator(".bar summary").click()
    page.get_by_role("button", name="Enregistrer et créer un autre", exact=True).click()
    expect(said(page)).to_contain_text("Paul Premier")
    heading(page, "Ajouter un contact")
    expect(page.get_by_label("Prénom")).to_have_value("")


def test_b5_open_by_the_name_then_the_pencil(enter: Callable, bruno, marie) -> None:
    page = enter(bruno, "contacts/")
    page.get_by_role("table").get_by_role("link", name="Marie Delorme", exact=True).click()
    page.get_by_role("link", name="Modifier", exact=True).first.click()
    page.get_by_label("Prénom").fill("Marie-Claude")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    heading(page, "Marie-Claude Delorme")


def test_b6_and_e8_supprimer_le_contact_says_what_goes_with_it(enter: Callable, bruno, marie) -> None:
    page = enter(bruno, f"contacts/{marie.pk}/")
    page.locator("summary", has_text="Actions").click()
    page.get_by_role("link", name="Supprimer le contact", exact=True).click()
    box = page.get_by_role("dialog")
    expect(box).to_contain_text("Marie Delorme")
    expect(box).to_contain_text("1 fiche contact/organisme")
    expect(box.get_by_role("link", name="Annuler")).to_be_focused()
    box.get_by_role("button", name=re.compile("^Supprimer")).click()
    expect(said(page)).to_contain_text("Marie Delorme")
    said(page).get_by_role("button", name="Annuler").click()
    expect(said(page)).to_contain_text("C’est annulé pour Marie Delorme")
    assert Party.objects.get(pk=marie.pk).binned_at is None


def test_c1_and_c2_the_sheet_behind_the_person_icon(enter: Callable, bruno, marie) -> None:
    page = enter(bruno)
    menu(page, "Contacts")
    expect(page.get_by_role("columnheader", name="Action", exact=True)).to_be_visible()
    page.get_by_role("link", name="Ouvrir la fiche : Marie Delorme").click()
    expect(page.get_by_role("link", name="Fiche client/membre")).to_have_attribute("aria-current", "page")
    main = page.get_by_role("main")
    labels = "Email,Nom,Prénom,Adresse,Code postal,Ville,Pays,Province,Téléphone,N° TVA Intra".split(",")
    for label in labels:
        expect(main.get_by_label(re.compile(rf"^{label}\b( \*)?"), exact=False).first).to_be_visible()
    expect(main.get_by_role("combobox", name="Société")).to_be_visible()
    main.get_by_label("Ville", exact=True).fill("Aubenas")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(said(page)).to_be_visible()
    assert Party.objects.get(pk=marie.pk).city == "Aubenas"


@pytest.mark.may_log("422")
def test_d1_relation_client_contacts_ajouter_marks_what_is_required(enter: Callable, bruno) -> None:
    page = enter(bruno)
    menu(page, "Relation client", "Contacts")
    add(page, "Contact")
    required = [re.compile(rf"^\s*{label} \*") for label in ("Nom", "Prénom", "Langue")]
    expect(page.locator("label", has_text="*")).to_have_text(required)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("[data-errors]")).to_be_visible()
    expect(page.locator("#id_last_name")).to_be_focused()


def test_e1_quick_access_all_actions_and_modifier_les_raccourcis(enter: Callable, bruno, marie) -> None:
    page = enter(bruno, f"contacts/{marie.pk}/")
    tools = page.get_by_role("complementary")
    expect(tools.get_by_role("link", name="Toutes les actions")).to_be_visible()
    tools.get_by_role("link", name="Modifier les raccourcis").click()
    heading(page, "Modifier les raccourcis")
    page.get_by_role("button", name="Ajouter « Supprimer »").click()
    page.get_by_role("button", name="Monter « Supprimer »").click()
    page.goto(page.url.replace("raccourcis/", f"contacts/{marie.pk}/"))
    quick = page.get_by_role("complementary").locator("[data-key]").all_inner_texts()
    assert quick[-2].strip().startswith("Supprimer le contact")


def test_e4_from_the_list_an_action_takes_the_ticked_ones(enter: Callable, bruno, marie) -> None:
    parties.create(bruno, "p", {"last_name": "Martin", "first_name": "Paul"})
    page = enter(bruno, "contacts/")
    page.get_by_label("Sélectionner Marie Delorme").check()
    page.get_by_label("Sélectionner Paul Martin").check()
    expect(page.locator("[data-selection-count]")).to_have_text("2 sélectionnées")
    page.get_by_role("button", name="Balise", exact=True).click()
    box = page.get_by_role("dialog")
    box.get_by_role("combobox").click()
    page.keyboard.type("congrès")
    page.keyboard.press("Enter")
    box.get_by_role("button", name="Enregistrer").click()
    expect(said(page)).to_be_visible()
    assert Party.objects.filter(kind="p", tag_names=["congrès"]).count() == 2


def test_e6_the_template_can_be_downloaded(enter: Callable, bruno) -> None:
    page = enter(bruno, "import/")
    page.get_by_text("Télécharger le modèle").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Contacts, CSV").click()
    assert "Nom" in download.value.path().read_text("utf-8-sig")


def test_e7_activer_desactiver_with_a_dot_and_its_word(enter: Callable, bruno, marie) -> None:
    page = enter(bruno, f"contacts/{marie.pk}/")
    page.on("dialog", Dialog.accept)
    state = page.locator("main header .state")
    tools = page.get_by_role("complementary")
    for verb, word, colour in (("Désactiver", "Inactif", "off"), ("Activer", "Actif", "on")):
        tools.get_by_role("link", name=re.compile(rf"^{verb}")).click()
        page.get_by_role("dialog").get_by_role("button", name=verb).click()
        expect(state).to_have_text(re.compile(word))
        expect(state).to_have_class(re.compile(rf"\b{colour}\b"))
