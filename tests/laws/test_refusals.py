"""Whatever an action refuses, at any address, is told in a sentence and never a failure (B11).

Every action refuses here. Each form is sent as its page shows it, empty fields filled in.
"""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from entregent.accounts.actor import Actor
from entregent.actions import frame
from entregent.actions.fields import fields
from entregent.directory.messages import SENTENCES, Invalid, Problem

from .asking import ADDRESSES, Url, text_of, undone
from .doors import ACCOUNT, may

SAID = "Refus de la loi"
REACHED = {
    "contacts:new", "contacts:edit", "contacts:layer", "contacts:sheet", "lists:archive", "lists:delete",
    "lists:freeze", "parametrage:delete", "parametrage:new", "positions:close", "positions:delete", "positions:edit",
    "positions:new", "saisir:delete_contact", "saisir:delete_organisation", "settings:account",
    "settings:field_move", "settings:invitation_again", "settings:invitation_withdraw", "settings:member",
    "settings:member_end", "settings:role", "settings:role_delete", "settings:team", "settings:team_delete",
    "settings:token_revoke", "toolbox:run", "views:delete",
}  # fmt: skip
"""Addresses whose action must have been asked, so that the law doesn't hold for want of trying."""
QUERIES = {
    "toolbox:run": "?ids={contacts_pk}",
    **dict.fromkeys(("lists:archive", "lists:unarchive", "lists:delete", "lists:move"), "?ids={lists_pk}"),
}
"""What an address must name to have something to do."""
FILLED = dict.fromkeys(["name", "last_name", "first_name", "label", "function", "names", "city", "value"], "Essai")
FILLED |= {"organisation": "Essai", "email": "essai@lac.example", "bin_days": "30"}


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: action → values."""

    def __init__(self, path: str, html: str) -> None:
        super().__init__()
        self.path, self.found, self.data, self.select, self.area = path, [], None, "", ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.data = {} if given.get("method") == "post" else None
            action = given.get("action") or self.path
            if self.data is not None and action.partition("?")[0] == self.path:
                self.found.append((action, self.data))
        elif self.data is None:
            return
        elif tag == "select":
            self.select = name
            if name in FILLED:
                self.data[name] = FILLED[name]
        elif tag == "option" and self.select and value:
            if self.select not in self.data or "selected" in given:
                self.data[self.select] = value
        elif tag == "textarea" and name:
            self.data[name] = self.data.get(name, "")
            self.area = name
        elif tag == "input" and name and name != "csrfmiddlewaretoken":
            kind = given.get("type") or "text"
            if kind in ("checkbox", "radio"):
                if "checked" in given or name not in self.data:
                    self.data[name] = value or "on"
            elif kind != "file":
                self.data[name] = value or FILLED.get(name, "")

    def handle_data(self, data: str) -> None:
        if self.area and self.data is not None:
            self.data[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.data = None


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """From its call on every action refuses; returns how many were asked since the last call."""
    asked = [0]

    def refuse(*args: Any, **kwargs: Any) -> None:
        asked[0] += 1
        raise Invalid([Problem("", "of_the_law")])

    def since() -> int:
        monkeypatch.setattr(frame, "Telling", refuse)
        number, asked[0] = asked[0], 0
        return number

    monkeypatch.setitem(SENTENCES, "of_the_law", SAID)
    return since


def sent(client: Client, path: str) -> Iterator[HttpResponse]:
    """The address's own forms, sent; where it takes nothing but forms, an empty one. None that stands to be seen."""
    shown = client.get(path)
    yield shown
    if shown.status_code == 405:
        yield client.post(path, {"by": "1"}, headers={"Referer": "http://testserver/lac/contacts/"})
    for action, data in Forms(path.partition("?")[0], text_of(shown)).found if shown.status_code == 200 else ():
        with undone():
            yield client.post(action, data)


def told(client: Client, answer: HttpResponse) -> str:
    while answer.status_code in (301, 302):
        answer = client.get(answer["Location"])
    return text_of(answer)


def test_every_refusal_is_told(samples, url: Url, aicha: Actor, sonia: Actor, browse, refusing):
    reached: set[str] = set()
    wrong: dict[str, str] = {}
    fields.create(aicha, "p", label="Autre", type="text", required=False)
    client, ids = browse(aicha), {name.replace(":", "_"): value for name, value in samples.items()}
    client.raise_request_exception = False
    refusing()
    for address in [each for each in ADDRESSES if each.name in ACCOUNT and may(aicha, each.name)]:
        for answer in sent(client, url(address) + QUERIES.get(address.name, "").format(**ids)):
            if asked := refusing():
                reached.add(address.name)
            if answer.status_code >= 500 or (asked and SAID not in told(client, answer)):
                wrong[address.name] = text_of(answer)[:300]
    assert wrong == {}
    assert REACHED <= reached, REACHED - reached
