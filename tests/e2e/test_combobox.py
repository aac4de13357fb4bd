"""The combobox of tags, skills, organisation and function, as hands use it: keys, mouse, touch, a slow network."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser import axe, drawn_alike

from entregent.accounts.actor import Actor
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.directory.models import Party, Tag

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]

at_any_speed = pytest.mark.parametrize("form", ["fast", "slow"], indirect=True)
SLOW = """const ask = window.fetch;
    window.fetch = (...given) => new Promise((done) => setTimeout(done, 400)).then(() => ask(...given));"""


@pytest.fixture
def known(aicha: Actor, transactional_db) -> list[Party]:
    """Records with tags: «Mécène» is the commonest; a function and a town hall."""
    tags = [["Mécène", "Donateur"], ["Mécène", "Donateur"], ["Mécène"], ["Médecin"]]
    card = {"organisation_name": "Mairie d’Aubenas", "function": "Maire"}
    return [
        parties.create(aicha, "p", {"last_name": f"Nom{index}", "first_name": "Luc", "tags": each, **card})
        for index, each in enumerate(tags)
    ]


@pytest.fixture
def form(request: pytest.FixtureRequest, page: Page, enter: Callable, bruno: Actor, known: list[Party]) -> Page:
    """The form that adds a contact, its names typed; in a slow network suggestions come after 400 ms."""
    if "slow" in getattr(request, "param", ""):
        page.add_init_script(SLOW)
    enter(bruno, "contacts/ajouter/")
    page.get_by_label("Nom", exact=False).first.fill("Martin")
    page.get_by_label("Prénom").fill("Paul")
    return page


def box(page: Page, name: str = "Balises") -> Locator:
    return page.get_by_role("combobox", name=name)


def options(page: Page) -> Locator:
    """The lines of the open list."""
    return page.locator("[role=listbox] [role=option]:visible")


def save(page: Page) -> Party:
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paul Martin")
    return Party.objects.get(name="Paul Martin")


@at_any_speed
def test_a_part_of_a_word_then_the_match_saves_the_match_alone(form: Page) -> None:
    box(form).press_sequentially("Mécè")
    options(form).filter(has_text="Mécène").click()
    assert save(form).tag_names == ["Mécène"]


@at_any_speed
def test_words_typed_fast_with_enter_are_kept_apart(form: Page) -> None:
    box(form).click()
    for word in ("mécène", "donateur", "Tout neuf"):
        form.keyboard.type(word)
        form.keyboard.press("Enter")
    assert sorted(save(form).tag_names) == ["Donateur", "Mécène", "Tout neuf"]  # the save waits for the answers
    assert not Tag.objects.filter(name__icontains="mécènedon").exists()


@at_any_speed
def test_a_comma_ends_a_whole_word(form: Page) -> None:
    box(form).press_sequentially("Méc, donateur,")  # not Mécène, which only begins so
    box(form).evaluate("""input => {
        const data = new DataTransfer();
        data.setData("text", "élus, presse");
        input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true, bubbles: true}));
    }""")
    assert sorted(save(form).tag_names) == ["Donateur", "Méc", "presse", "élus"]


@at_any_speed
def test_the_match_is_first_and_active_and_creating_is_last(form: Page) -> None:
    box(form).press_sequentially("Méc")
    expect(options(form)).to_have_text(["Mécène", "Créer «\u00a0Méc\u00a0»"])
    expect(box(form)).to_have_attribute("aria-activedescendant", options(form).first.get_attribute("id"))
    form.keyboard.press("ArrowUp")
    form.keyboard.press("Enter")
    assert save(form).tag_names == ["Méc"]


def test_a_word_that_is_there_cannot_be_created_again(form: Page) -> None:
    box(form).press_sequentially("MECENE")
    expect(options(form)).to_have_text(["Mécène"])


@pytest.mark.parametrize("opened", ["click", "ArrowDown", "ArrowUp"])
def test_it_opens_with_the_commonest_first(form: Page, opened: str) -> None:
    box(form).click() if opened == "click" else box(form).press(opened)
    expect(options(form)).to_have_text(["Mécène", "Donateur", "Médecin"])
    expect(box(form)).to_have_attribute("aria-expanded", "true")
    active = {"click": None, "ArrowDown": 0, "ArrowUp": 2}[opened]
    if active is not None:
        expect(options(form).nth(active)).to_have_class("active")
    form.keyboard.press("Escape")
    expect(options(form)).to_have_count(0)
    expect(box(form)).to_be_focused()


@pytest.mark.parametrize(("name", "first"), [("Organisme", "Mairie d’Aubenas"), ("Fonction", "Maire")])
def test_organisation_and_function_are_chosen_by_arrows(form: Page, name: str, first: str) -> None:
    form.get_by_text("Plus de champs").click()
    box(form, "Organisme").press("ArrowDown")
    expect(options(form).first).to_contain_text("Mairie d’Aubenas")
    form.keyboard.press("Enter")
    box(form, name).press("ArrowDown")
    expect(options(form).first).to_contain_text(first)
    form.keyboard.press("Enter")
    expect(box(form, name)).to_have_value(first)
    saved = save(form)
    assert saved.organisation_name == "Mairie d’Aubenas"
    assert saved.function == ("Maire" if name == "Fonction" else "")


@at_any_speed
@pytest.mark.parametrize(("name", "typed"), [("Balises", "Mécè"), ("Organisme", "Mairi"), ("Fonction", "Mai")])
def test_text_that_was_left_is_shown_as_such_and_never_saved(form: Page, name: str, typed: str) -> None:
    form.get_by_text("Plus de champs").click()
    box(form, name).press_sequentially(typed)
    form.keyboard.press("Tab")
    note = form.locator(".hint", has_text=f"«\u00a0{typed}\u00a0» n’est pas encore choisi")
    expect(note).to_be_visible()
    form.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(box(form, name)).to_be_focused()
    expect(note).to_be_visible()
    expect(box(form, name)).to_have_value(typed)
    expect(options(form).first).to_be_visible()
    form.keyboard.press("Escape")
    form.keyboard.press("Escape")
    expect(note).to_be_hidden()
    saved = save(form)
    assert (saved.tag_names, saved.organisation_name, saved.function) == ([], "", "")


@at_any_speed
def test_left_text_is_not_glued_to_the_next_value(form: Page) -> None:
    box(form).press_sequentially("Mécè")
    form.keyboard.press("Tab")
    box(form).click()
    box(form).fill("Donat")
    expect(options(form).first).to_have_text("Donateur")
    form.keyboard.press("Enter")
    assert save(form).tag_names == ["Donateur"]


@at_any_speed
def test_enter_takes_nothing_for_an_earlier_text(form: Page) -> None:
    box(form, "Organisme").press_sequentially("Mairie")
    form.keyboard.press("Enter")
    expect(box(form, "Organisme")).to_have_value("Mairie d’Aubenas")
    box(form, "Organisme").fill("Chorale du lac")
    form.keyboard.press("Enter")
    assert save(form).organisation_name == "Chorale du lac"


def test_chosen_values_are_taken_back_by_keys_and_by_mouse(form: Page) -> None:
    for word in ("Mécène", "Donateur", "Médecin"):
        box(form).press_sequentially(word)
        form.keyboard.press("Enter")
    expect(form.locator(".chosen li:not(.waits)")).to_have_count(3)
    form.keyboard.press("Backspace")
    form.keyboard.press("ArrowLeft")
    expect(form.get_by_role("button", name="Retirer Donateur")).to_be_focused()
    form.keyboard.press("Delete")
    expect(box(form)).to_be_focused()
    form.get_by_role("button", name="Retirer Médecin").click()
    assert save(form).tag_names == ["Mécène"]


def test_an_emptied_field_holds_nothing(enter: Callable, bruno: Actor, known: list[Party]) -> None:
    page = enter(bruno, f"contacts/{known[0].pk}/modifier/")
    expect(box(page, "Organisme")).to_have_value("Mairie d’Aubenas")
    box(page, "Organisme").fill("")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Luc Nom0")
    assert Party.objects.get(pk=known[0].pk).organisation_name == ""


@at_any_speed
def test_enter_with_nothing_left_saves(form: Page) -> None:
    box(form).press_sequentially("Mécène")
    form.keyboard.press("Enter")
    form.keyboard.press("Enter")
    expect(form.get_by_role("heading", level=1)).to_have_text("Paul Martin")
    assert Party.objects.get(name="Paul Martin").tag_names == ["Mécène"]


@pytest.mark.parametrize("size", [(1440, 900), (390, 664), (390, 420)])
def test_the_list_never_covers_the_main_button(form: Page, size: tuple[int, int], shot: Callable) -> None:
    form.set_viewport_size({"width": size[0], "height": size[1]})
    form.get_by_text("Plus de champs").click()
    for name in ("Organisme", "Balises", "Fonction"):
        box(form, name).click()
        expect(options(form).first).to_be_visible()
        assert not covers(form), name
        form.keyboard.type("M")
        expect(options(form).last).to_contain_text("Créer")
        assert not covers(form), name
        shot(form, f"combobox-{name}-{size[0]}-{size[1]}")
        form.keyboard.press("Escape")
        form.keyboard.press("Escape")


COVERS = """() => {
    const bar = document.querySelector("dialog[open] .bar [type=submit], .bar [type=submit]");
    const panel = document.querySelector(".choices:popover-open");
    const input = document.querySelector(`[aria-controls="${panel.firstElementChild.id}"]`);
    const list = panel.getBoundingClientRect();
    return [bar, input, input.labels[0]].map((one) => one.getBoundingClientRect()).some((one) =>
        one.top < list.bottom - 1 && list.top < one.bottom - 1 && one.left < list.right && list.left < one.right);
}"""


def covers(page: Page) -> bool:
    """Whether the open list lies over the form's main button, or over its field or that field's label."""
    return page.evaluate(COVERS)


def test_a_field_that_is_disabled_looks_so(form: Page) -> None:
    look = """(name) => {
        const field = document.createElement("fieldset");
        field.disabled = true;
        field.innerHTML = "<input>";
        document.querySelector("form.fields, main form").append(field);
        const box = document.querySelector(name);
        box.disabled = true;
        return [box, field.firstChild].map((one) => getComputedStyle(one).backgroundColor);
    }"""
    shown, plain = form.evaluate(look, '.combobox > input[role="combobox"]')
    assert shown == plain


@pytest.mark.parametrize("width", [1440, 390])
def test_in_a_dialog_the_list_is_whole_and_covers_no_button(
    page: Page, enter: Callable, bruno: Actor, known: list[Party], width: int, shot: Callable
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    enter(bruno, f"contacts/{known[3].pk}/")
    page.get_by_role("link", name=re.compile("^Balise")).first.click()
    dialog = page.get_by_role("dialog")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_text("Mécène")
    assert not covers(page)
    shot(page, f"combobox-dialog-{width}")
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    page.keyboard.type("donat")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#messages")).to_contain_text("Luc Nom3")
    assert sorted(Party.objects.get(pk=known[3].pk).tag_names) == ["Donateur", "Médecin"]


def test_axe_finds_nothing_with_the_list_open(form: Page, shot: Callable) -> None:
    box(form).press_sequentially("Mécène")
    form.keyboard.press("Enter")
    box(form).press_sequentially("neuf")
    form.keyboard.press("Tab")
    axe(form)
    box(form).click()
    expect(options(form).first).to_be_visible()
    axe(form)


def test_a_draft_brings_back_what_was_chosen(form: Page) -> None:
    form.on("dialog", lambda dialog: dialog.accept())
    box(form).press_sequentially("Mécène")
    form.keyboard.press("Enter")
    expect(form.locator(".chosen li:not(.waits)")).to_have_count(1)
    form.reload()
    expect(form.get_by_role("button", name="Retirer Mécène")).to_be_visible()
    form.locator("[data-discard]").click()
    expect(form.get_by_role("button", name="Retirer Mécène")).to_have_count(0)


@pytest.mark.may_log("Failed to load resource")
def test_a_server_that_does_not_answer_loses_no_word(page: Page, enter: Callable, bruno: Actor, known) -> None:
    enter(bruno, "contacts/ajouter/")
    page.route("**/suggestions/**", lambda route: route.abort())
    box(page).press_sequentially("Mécène")
    page.keyboard.press("Enter")
    expect(page.locator(".chosen .left")).to_contain_text("Mécène")
    expect(page.locator(".hint", has_text="n’est pas encore choisi")).to_be_visible()


def test_a_filter_takes_any_text_and_suggests(page: Page, enter: Callable, bruno: Actor, known: list[Party]) -> None:
    enter(bruno, "contacts/?filtrer=1")
    tag = page.get_by_role("combobox", name="Balise", exact=True)
    tag.press_sequentially("Méde")
    expect(options(page)).to_have_text(["Médecin"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(tag).to_have_value("Médecin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("table")).to_contain_text("Luc Nom3")
    expect(page.get_by_role("table")).not_to_contain_text("Luc Nom0")


def test_of_two_records_of_one_name_both_can_be_added(page: Page, enter: Callable, bruno: Actor, known) -> None:
    """And Enter before the answer takes neither of them for the other."""
    for city in ("Die", "Crest"):
        parties.create(bruno, "p", {"last_name": "Martin", "first_name": "Ann", "address": {"city": city}})
    made = lists.create(bruno, {"name": "Vœux", "category": "Envois"})
    page.add_init_script(SLOW)
    enter(bruno, f"listes/{made.pk}/")
    field = page.locator(".list-add").get_by_role("combobox")
    field.press_sequentially("Ann Martin")
    page.keyboard.press("Enter")
    expect(page.locator(".chosen .left")).to_contain_text("Ann Martin")
    page.keyboard.press("Escape")
    for number in range(2):
        field.fill("Ann Martin")
        expect(options(page)).to_have_count(2)
        options(page).nth(number).click()
    expect(page.locator(".chosen > li")).to_have_count(2)
