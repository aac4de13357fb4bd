"""What is promised of every page: axe finds nothing, light and dark; nothing scrolls sideways on the narrowest
screen; one ``h1``, a title that begins with the thing, the language named. What is folded is opened first. In the
dark every second page is looked at, the others the next day; ``--whole`` looks at all.

This is the one walk of all pages: other tests look at what opens, moves or goes wrong on a page of theirs."""

from collections.abc import Callable, Sequence

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser import drawn_alike, violations
from tests.e2e.pages import furnish, visits
from tests.sampling import SEED, Sample

from entregent.accounts.models import User

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]

NARROWEST = {"width": 320, "height": 700}
USUAL = {"width": 1280, "height": 900}


UNFOLD = """() => {
    [...document.querySelectorAll("main details:not([data-menu])")].slice(0, 8).forEach(one => one.open = true);
    const headings = [...document.querySelectorAll("h1")].map(one => one.innerText);
    return {headings, title: document.title, language: document.documentElement.lang};
}"""
"""Open what is folded (the description of the API folds a hundred things alike), and tell what heads the page."""


def head_faults(headings: list[str], title: str, language: str) -> list[str]:
    """One ``h1``, begun by words of the title: the first ones or, on a tab, the second («Bonjour» aside)."""
    faults = []
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1: {headings}")
    *parts, program = title.split(" – ")
    if not parts or program != "Entregent":
        faults.append(f"title: {title}")
    elif headings and not headings[0].startswith((*parts, "Bonjour ")):
        faults.append(f"title «{title}» does not speak of the h1 «{headings[0]}»")
    if language != "fr":
        faults.append("lang is not fr")
    return faults


def faults_of(page: Page, url: str, themes: Sequence[str]) -> list[str]:
    page.goto(url)
    faults = head_faults(**page.evaluate(UNFOLD)) + violations(page, themes)
    page.set_viewport_size(NARROWEST)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > NARROWEST["width"]:
        faults.append(f"{wide} px wide on a screen of {NARROWEST['width']}")
    page.set_viewport_size(USUAL)
    return [f"{url}\n    {fault}" for fault in faults]


@pytest.fixture
def walk(page: Page, live_server, sample: Sample) -> Callable[[list[str]], None]:
    """``walk(paths)``: look at the pages there."""

    def walk(paths: list[str]) -> None:
        page.set_viewport_size(USUAL)
        faults = []
        for place, path in enumerate(paths):
            dark = sample.whole or (place + SEED) % 2
            faults += faults_of(page, live_server.url + path, ["dark", "light"] if dark else ["light"])
        assert not faults, f"{len(paths)} pages walked\n" + "\n".join(faults)

    return walk


@pytest.mark.parametrize("part", range(4))
def test_every_page_of_an_account(walk: Callable, live_server, sign_in, lac, aicha, part: int) -> None:
    world = furnish(lac, aicha)
    client = Client()
    client.force_login(User.objects.get(pk=aicha.user_id))
    paths = list(visits(world, client, part=slice(part, None, 4)))
    assert len(paths) > 20
    sign_in(aicha)
    walk(paths)


@pytest.mark.may_log("404|410|400|403")
def test_every_page_before_the_door(walk: Callable, live_server, lac, aicha) -> None:
    paths = list(visits(furnish(lac, aicha), Client(), (200, 400, 403, 410)))
    assert {"/connexion/", "/connexion/inscription/", "/service/style/"} <= set(paths)
    walk([*paths, "/nulle-part/"])


@pytest.mark.may_log("404|403")
def test_the_pages_that_refuse(walk: Callable, live_server, sign_in, lac, aicha, chloe) -> None:
    world = furnish(lac, aicha)
    sign_in(chloe)
    walk([f"/{world.lac.slug}/parametres/compte/", f"/{world.lac.slug}/contacts/999999/"])


def test_dialogs_and_menus(page: Page, live_server, sign_in, lac, aicha) -> None:
    """What opens on a page, while it is open."""
    world = furnish(lac, aicha)
    sign_in(aicha)
    account = f"{live_server.url}/{lac.slug}"
    contact = f"{account}/contacts/{world.words['contacts:pk']}/"
    openers = [
        (f"{account}/contacts/", "#filter"),
        (contact, "[data-key='2']"),
        (contact, "main details[data-menu] > summary"),
        (contact, ".topbar summary"),
        (f"{account}/parametres/roles/", "main .danger[data-dialog]"),
    ]
    faults = []
    for url, opener in openers:
        page.goto(url)
        page.locator(opener).first.click()
        page.wait_for_load_state("networkidle")
        faults += [f"{url} {opener}\n    {fault}" for fault in violations(page)]
    assert not faults, "\n".join(faults)
