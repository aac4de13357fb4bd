"""What the scripts add to the pages, tried on the living style page."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser import drawn_alike

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]  # the style page asks no database


@pytest.fixture
def style(page: Page, live_server) -> Page:
    page.set_default_timeout(8000)
    page.goto(live_server.url + reverse("shell:style"))
    return page


@pytest.fixture
def form_page(page: Page, live_server) -> Page:
    page.set_default_timeout(8000)
    page.goto(live_server.url + reverse("shell:style_dialog"))
    return page


def send_whole(page: Page) -> None:
    """Fill what the sample form requires, then send it."""
    page.fill("#id_name", "Fatou N’Diaye")
    page.fill("#id_email", "fatou@rft.example")
    page.check("#id_kind_0")
    page.press("#id_email", "Enter")


def test_a_link_opens_its_page_as_a_dialog_and_gives_the_focus_back(style: Page) -> None:
    style.click("[data-dialog][data-key='1']")
    expect(style.locator("#dialog #id_name")).to_be_focused()
    style.keyboard.press("Escape")
    expect(style.locator("#dialog")).to_be_hidden()
    expect(style.locator("[data-dialog][data-key='1']")).to_be_focused()


def test_alt_and_a_figure_opens_a_tool(style: Page) -> None:
    style.keyboard.press("Alt+Digit1")
    expect(style.locator("#dialog")).to_be_visible()


def test_a_refused_form_is_answered_inside_the_dialog(style: Page) -> None:
    style.keyboard.press("Alt+Digit1")
    style.fill("#dialog #id_name", "Fatou")
    style.click("#dialog button.primary")
    expect(style.locator("#dialog [data-errors]")).to_be_visible()
    expect(style.locator("#dialog #id_email")).to_be_focused()
    expect(style.locator("#dialog #id_name")).to_have_value("Fatou")
    style.click("#dialog [data-errors] a >> nth=0")
    expect(style.locator("#dialog #id_email")).to_be_focused()


def test_an_accepted_form_closes_the_dialog_and_says_so(style: Page) -> None:
    style.keyboard.press("Alt+Digit1")
    send_whole(style)
    expect(style.locator("#messages [role=status]")).to_contain_text(re.compile("Fait|Done"))
    expect(style.locator("#dialog")).to_be_hidden()
    style.click("#messages [data-dismiss]")
    expect(style.locator("#messages [data-message]")).to_have_count(0)


def test_closing_a_dialog_with_something_typed_asks(style: Page) -> None:
    style.keyboard.press("Alt+Digit1")
    style.fill("#dialog #id_name", "Fatou")
    asked: list[str] = []
    style.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    style.keyboard.press("Escape")
    assert asked
    expect(style.locator("#dialog")).to_be_visible()
    expect(style.locator("#dialog #id_name")).to_have_value("Fatou")


def test_what_is_typed_comes_back_after_a_lost_page(form_page: Page) -> None:
    form_page.on("dialog", lambda dialog: dialog.accept())
    form_page.fill("#id_name", "Éloïse Gagné-Tremblay")
    form_page.check("#id_kind_1")
    form_page.reload()
    expect(form_page.locator("#id_name")).to_have_value("Éloïse Gagné-Tremblay")
    expect(form_page.locator("#id_kind_1")).to_be_checked()
    form_page.click("[data-discard]")
    expect(form_page.locator("#id_name")).to_have_value("")
    form_page.reload()
    expect(form_page.locator("#id_name")).to_have_value("")


def test_what_was_saved_does_not_come_back(form_page: Page) -> None:
    send_whole(form_page)
    form_page.wait_for_url("**" + reverse("shell:style"))
    form_page.goto(form_page.url + "dialog/")
    expect(form_page.locator("#id_name")).to_have_value("")
    assert form_page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).length") == 0


def test_the_sign_in_page_keeps_what_was_sent(form_page: Page) -> None:
    """A lost session answers the form with a bare page, then leads elsewhere: nothing is lost (std D19)."""
    form_page.on("dialog", lambda dialog: dialog.accept())
    bare = form_page.content().replace("<body ", "<body data-bare ").replace("data-draft", "")
    form_page.route("**/dialog/", lambda route: route.fulfill(content_type="text/html", body=bare))
    form_page.fill("#id_name", "Karim")
    form_page.press("#id_name", "Enter")
    form_page.wait_for_selector("body[data-bare]")
    form_page.unroute_all()
    address = form_page.url
    form_page.goto(address.replace("dialog/", ""))
    form_page.goto(address)
    expect(form_page.locator("#id_name")).to_have_value("Karim")


def test_rows_are_ticked_by_range_and_counted(style: Page) -> None:
    rows = style.locator("[data-select-row]")
    expect(style.locator("[data-selection-bar]")).to_be_hidden()
    rows.nth(0).click()
    rows.nth(2).click(modifiers=["Shift"])
    expect(style.locator("[data-selection-count]")).to_have_text("3 sélectionnés")
    expect(rows.nth(1)).to_be_checked()
    style.check("[data-select-all]")
    expect(style.locator("[data-selection-count]")).to_have_text("Les 127 sélectionnés")
    expect(style.locator("[data-select-row]:checked")).to_have_count(rows.count())
    rows.nth(1).click()
    expect(style.locator("[data-select-all]")).not_to_be_checked()


def test_single_keys_find_move_and_tick(style: Page) -> None:
    style.keyboard.press("/")
    expect(style.locator("[data-search]")).to_be_focused()
    style.keyboard.type("j")  # typed, not obeyed
    expect(style.locator("[data-search]")).to_have_value("j")
    style.locator("h1").click()
    style.evaluate("document.activeElement.blur()")
    style.keyboard.press("j")
    style.keyboard.press("j")
    expect(style.locator("[data-open]").nth(1)).to_be_focused()
    style.keyboard.press("x")
    expect(style.locator("[data-select-row]").nth(1)).to_be_checked()
    style.evaluate("document.activeElement.blur()")
    style.keyboard.press("?")
    expect(style.locator("#shortcuts")).to_be_visible()


def test_single_keys_can_be_switched_off(style: Page) -> None:
    style.evaluate("document.body.dataset.singleKeys = 'off'")
    style.keyboard.press("?")
    expect(style.locator("#shortcuts")).to_be_hidden()


def test_a_combo_box_works_by_typing(style: Page) -> None:
    style.get_by_role("combobox", name="Organisme").click()
    style.keyboard.type("lumen")
    expect(style.locator("[role=option].active")).to_have_text("Agence Lumen")
    style.keyboard.press("Enter")
    expect(style.get_by_role("combobox", name="Organisme")).to_have_value("Agence Lumen")
    assert style.locator("[data-combobox]:has(option)").last.input_value() == "Agence Lumen"


def test_the_look_chosen_is_kept(style: Page) -> None:
    style.click(".menu-column .user-menu > summary")
    style.click(".menu-column [data-theme-switch] [value=dark]")
    style.reload()
    assert style.get_attribute("html", "data-theme") == "dark"


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(style: Page) -> None:
    menu = style.locator(".topbar details[data-menu]")
    menu.locator("summary").click()
    style.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").click()
    style.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")
