"""Enter in any one-line field of any form does the form's main action: with and without JavaScript.

A browser presses the form's first submit button. The law reads it in every page.
"""

from html.parser import HTMLParser

import pytest
from django.test import Client
from tests.e2e.pages import furnish, visits

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.toolbox import TOOLS
from entregent.web.links import to

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

NOT_LINES = {"hidden", "checkbox", "radio", "file", "range", "color", "submit", "button", "reset", "image"}


class Forms(HTMLParser):
    """The forms of a page: the one-line fields and the submit buttons of each, in the order of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[list[str], list[dict[str, str]]]] = []
        self.named: dict[str, int] = {}
        self.inside: int | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = len(self.forms)
            self.named[have.get("id", "")] = self.inside
            self.forms.append(([], []))
        owner = self.named.get(have["form"]) if "form" in have else self.inside
        if owner is None:
            return
        lines, buttons = self.forms[owner]
        if tag == "input" and have.get("type", "text") not in NOT_LINES:
            lines.append(have.get("name") or have.get("id", "?"))
        if tag == "button" and have.get("type", "submit") == "submit":
            buttons.append(have)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def faults(html: str) -> list[str]:
    """Name the forms in which Enter does not do the main action."""
    found = []
    for lines, buttons in Forms(html).forms:
        if not lines or (len(lines) == 1 and not buttons):  # a line alone needs no button
            continue
        first = buttons[0] if buttons else {"disabled": ""}
        marked = [each for each in buttons if {"primary", "danger"} & set(each.get("class", "").split())]
        alone = len(buttons) == 1 or first.get("tabindex") == "-1"  # the second: parts/default_button.html
        if "disabled" in first or not (first in marked[:1] or (alone and "name" not in first)):
            found.append(f"{lines[0]}: {first}")
    return found


@pytest.fixture
def pages(lac, aicha: Actor, sonia: Actor, browse) -> dict[str, str]:
    """The HTML of every page: of an account, before the door, and of the operator; and of every tool's dialog."""
    world = furnish(lac, aicha)
    inside = browse(aicha)
    tools = [to(aicha, "toolbox:run", tool) + f"?ids={world.words['contacts:pk']}" for tool in TOOLS]
    found = {path: inside.get(path).text for path in [*visits(world, inside), *tools]}
    for client in (Client(), browse(sonia)):
        found |= {path: client.get(path).text for path in visits(world, client, (200, 400, 403, 410))}
    return found


def test_the_first_button_of_each_form_is_its_main_one(pages: dict[str, str]) -> None:
    assert {path: told for path, html in pages.items() if (told := faults(html))} == {}
    assert sum(len(lines) > 0 for html in pages.values() for lines, _buttons in Forms(html).forms) > 150
