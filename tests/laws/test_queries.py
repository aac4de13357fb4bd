"""The number of queries of pages and API responses does not depend on the number of rows."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from tests.queries import queries

from entregent.accounts import middleware, sessions
from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, User
from entregent.accounts.opening import add_member
from entregent.actions.bin import bin as bin_actions
from entregent.actions.fields import fields
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.members import members, roles, teams, tokens
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.tags import tagging
from entregent.directory.models import Party
from entregent.exchange import intake

from .conftest import FILE, Url, program_of, read_by_programs, undone
from .doors import ACCOUNT, addresses

FEW, MANY = 3, 24  # more than the shortest pages hold
EACH_WRITES_ITS_ROWS = {"exports:page"}
"""Its file is made in steps of some hundred rows; tests/exchange counts them."""


@pytest.fixture
def grow(lac: Account, aicha: Actor, samples: dict[str, object]) -> Callable[[int, int], None]:
    """``grow(3, 30)``: add from the third to the thirtieth of everything that a page may list."""

    def one(number: int) -> None:
        word = f"N{number}"
        card = {"tags": [word, "eau"], "email": f"n{number}@lac.example", "phone": f"01 99 00 00 {number:02}"}
        place = {"organisation_name": f"Association {word}", "function": f"Élue {word}"}
        city = {"address": {"city": f"Ville {word}", "country": "FR"}}
        person = parties.create(aicha, "p", card | place | city | {"last_name": f"Roy {word}", "first_name": "Ann"})
        positions.attach(aicha, person, {"organisation": samples["organisations:pk"], "function": f"Bénévole {word}"})
        contact = Party.objects.get(pk=samples["contacts:pk"])
        positions.attach(aicha, contact, {"organisation_name": f"Association {word}", "function": word})
        parties.update(aicha, Party.objects.get(pk=contact.pk), {"notes": word})
        tagging.tag(aicha, [person, Party.objects.get(pk=samples["organisations:pk"])], [f"b{number}"])
        gone = parties.create(
            aicha, "p" if number % 2 else "o", {"last_name": "Roy", "first_name": word, "name": word}
        )
        bin_actions.delete(aicha, [gone])

    def of_account(number: int) -> None:
        word = f"N{number}"
        role = roles.create_role(aicha, f"Rôle {word}", [])
        team = teams.create_team(aicha, f"Équipe {word}")
        member = add_member(lac, User.objects.create_user(f"n{number}@lac.example", first_name=word), "reader")
        member.teams.add(team)
        members.invite(aicha, f"i{number}@lac.example", role)
        tokens.create_token(aicha, word)
        field = fields.create(aicha, "p", label=f"Champ {word}", section=f"Section {number % 7}", searchable=True)
        for contact in (samples["contacts:pk"], Party.objects.filter(kind="p").latest("pk").pk):
            parties.update(aicha, Party.objects.get(pk=contact), {"custom": {field.code: word}})
        made = lists.create(aicha, {"name": f"Liste {word}", "category": f"Catégorie {word}"})
        known = Party.objects.filter(pk__in=[samples["contacts:pk"], samples["organisations:pk"]])
        list_members.add(aicha, made, list(known))
        search = {"kind": "p", "tag": word, "q": "roy"}
        lists.create(aicha, {"name": f"Tous {word}", "category": "Projets", "kind": "dynamic", "search": search})
        names = {code: items.create(aicha, code, {"name": f"Ici {word}"}) for code in ("statuses", "skills")}
        body = samples["organisations:pk"]
        asked = f"status:{names['statuses']},skill:{names['skills']},function:Élue {word},assigned_to:{aicha.user_id}"
        search = {"kind": "p", "f": f"or(not({asked}),tag:{word},list:{made.pk},organisation:{body})"}
        lists.create(aicha, {"name": f"Sauf {word}", "category": "Projets", "kind": "dynamic", "search": search})
        intake.receive(aicha, io.BytesIO(FILE), f"{word}.csv", "contacts")

    def grown(start: int, end: int) -> None:
        for number in range(start, end):
            one(number)
            of_account(number)

    return grown


def asks(get: Callable[[str], HttpResponse], path: str) -> list[str]:
    with undone():
        return queries(lambda: get(path))


def more(asked: dict[str, Callable[[str], HttpResponse]], grow: Callable[[int, int], None]) -> dict[str, str]:
    """The addresses that ask more when there is more: how many queries before and after, and the first one more.

    ``asked``: each address, and the client that reads it.
    """
    grow(0, FEW)
    for path, get in asked.items():
        get(path)  # caches that live longer than a request are filled first
    few = {path: asks(get, path) for path, get in asked.items()}
    grow(FEW, MANY)
    many = {path: asks(get, path) for path, get in asked.items()}
    return {
        path: f"{len(few[path])} → {len(many[path])}: {many[path][-2][:600]}"
        for path in asked
        if len(many[path]) > len(few[path])
    }


@pytest.fixture(autouse=True)
def _no_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session and a token note now and then that they are in use: never during the law, however long it takes."""
    monkeypatch.setattr(sessions, "SEEN_INTERVAL", 10**9)
    monkeypatch.setattr(middleware, "TOKEN_TOUCH_INTERVAL", timedelta(days=1))


def test_nothing_asks_more_when_there_is_more(url: Url, browse, aicha: Actor, samples, grow):
    paths = [
        url(address)
        for address in addresses()
        if address.name in ACCOUNT and address.name not in EACH_WRITES_ITS_ROWS
    ]
    asked = [f"{path}?q={letter}" for path in paths for letter in "nve" if "/suggestions/" in path]
    searched = [path + "?q=roy" for path in paths if path.endswith(("/contacts/", "/recherche/", "/organismes/"))]
    pages = dict.fromkeys(paths + asked + searched, browse(aicha).get)
    answers = dict.fromkeys(read_by_programs(samples), program_of(aicha).get)
    assert more(pages | answers, grow) == {}
