"""Ask the same search through every interface, and compare which of two records each shows."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner, Result
from django.db.models import Q
from django.test import Client
from tests.announced import announced

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.parties import parties as people
from entregent.cli.main import main
from entregent.directory.models import Party, SavedView
from entregent.directory.selections import inputs
from entregent.directory.selections.condition import Condition
from entregent.directory.selections.nested import Leaf, write
from entregent.directory.selections.register import CONDITIONS, condition_of

from .asking import program_of

SAMPLES: dict[type, str] = {
    inputs.Words: "Crest", inputs.ItemName: "Presse", inputs.Flag: "true", inputs.UserId: "moi",
    inputs.OrganisationId: "1", inputs.ListId: "1", inputs.Day: "2026-05-01", inputs.Days: "30",
}  # fmt: skip
"""A value of each input; an input that has none fails the law."""
OWN_SAMPLES = {
    "f": "not(active:non)",
    "holder": "01:Maire",
    "source": "mine",
    "department": "01",
    "language": "fr",
    "country": "FR",
}
ROOMS = {"p": "contacts", "o": "organismes"}
KINDS = {"p": "contacts", "o": "organisations"}


@dataclass
class World:
    """Two records of a kind, of which a condition is made to find the first alone."""

    by: Actor
    client: Client
    name: str
    value: str
    kind: str

    @property
    def room(self) -> str:
        return f"/lac/{ROOMS[self.kind]}/"

    def asked(self, **more: str) -> str:
        return urlencode({self.name: self.value, **more})

    def page(self, path: str) -> str:
        answer = self.client.get(path, follow=True)
        assert answer.status_code == 200, path
        return unescape(answer.content.decode())


def found(text: str) -> list[str]:
    """Which of the two a text names: the search box and the filter name neither."""
    return sorted(set(re.findall("Zoé Mai|Zoé Juin", text)))


@pytest.fixture
def world(aicha: Actor, browse) -> Callable[..., World]:
    """``world("tag")``: with a value that the condition can be asked for; ``world("nosuch", "1")``: with this one."""

    def made(name: str, value: str = "") -> World:
        fields.create(aicha, "p", label="Sport")
        condition = condition_of(aicha, name) if not value else None
        kind = condition.kinds[0] if condition else "p"
        if condition and condition.input.items:
            [text] = condition.input.texts(condition.parse(sample_of(condition)))
            items.create(aicha, condition.input.items, {"name": text})
        for month in ("Mai", "Juin"):
            card = {"last_name": month, "first_name": "Zoé"} if kind == "p" else {"name": f"Zoé {month}"}
            people.create(aicha, kind, card)
        if condition and isinstance(condition.input, inputs.OrganisationId):
            value = str(people.create(aicha, "o", {"name": "Mairie"}).pk)
        if condition and isinstance(condition.input, inputs.ListId):
            value = str(lists.create(aicha, {"name": "Presse", "category": "Général"}).pk)
        return World(aicha, browse(aicha), name, value or sample_of(condition), kind)

    return made


def sample_of(condition: Condition) -> str:
    """A value that a condition can be asked for."""
    return OWN_SAMPLES.get(condition.name) or inputs.of_type(condition.input, SAMPLES)


@pytest.fixture
def finds_the_first() -> Iterator[Callable[[str], None]]:
    """Let a condition find «Zoé Mai» alone, whatever it asks: what a door shows tells whether it asked."""
    before: dict[str, Condition] = {}

    def made(name: str) -> None:
        if name in CONDITIONS:
            before[name] = CONDITIONS[name]
            CONDITIONS[name] = replace(
                CONDITIONS[name], ask=lambda value, asking: Q(name="Zoé Mai"), rows=None, parts=None
            )

    yield made
    CONDITIONS.update(before)


def in_a_list_page(world: World) -> list[str]:
    return found(world.page(f"{world.room}?{world.asked()}"))


def in_a_nested_filter(world: World) -> list[str]:
    nested = world.value if world.name == "f" else write(Leaf(world.name, world.value))
    return found(world.page(f"{world.room}?{urlencode({'f': nested})}"))


def in_a_saved_view(world: World) -> list[str]:
    world.client.post(f"/lac/vues/{ROOMS[world.kind]}/ajouter/?{world.asked()}", {"name": "V", "reach": "me"})
    view = SavedView.objects.get()
    assert view.search == {world.name: world.value}
    return found(world.page(f"{world.room}?{urlencode({**view.search, 'vue': view.pk})}"))


def in_a_dynamic_list(world: World) -> list[str]:
    search = {"kind": world.kind, world.name: world.value}
    made = lists.create(world.by, {"name": "L", "category": "Général", "kind": "dynamic", "search": search})
    return found(world.page(f"/lac/listes/{made.pk}/"))


def in_an_export_page(world: World) -> list[str]:
    kind = KINDS[world.kind]
    answer = world.client.get(f"/lac/export/?{world.asked(kind=kind, format='csv')}")
    return names_in(answer.getvalue().decode("utf-8-sig")) if answer.status_code == 200 else []


def in_an_export_command(world: World) -> list[str]:
    done = exported(world)
    assert done.exit_code == 0, done.output
    return names_in(done.stdout_bytes.decode("utf-8-sig"))


def exported(world: World) -> Result:
    who = ("--account", "lac", "--user", "aicha@lac.example", "--kind", KINDS[world.kind])
    command = ["export", *who, "--format", "csv", "-o", "-", "--query", world.asked()]
    return CliRunner().invoke(main, command, env={"LANG": "fr_FR.UTF-8"})


def names_in(file: str) -> list[str]:
    rows = list(csv.reader(io.StringIO(file), delimiter=";"))[1:]
    return sorted({f"Zoé {month}" for row in rows for month in ("Mai", "Juin") if month in " ".join(row)})


def in_the_api(world: World) -> list[str]:
    answer = program_of(world.by).get(f"/api/v1/{KINDS[world.kind]}?{world.asked()}")
    assert answer.status_code == 200, answer.content
    return found(" ".join(f"Zoé {each.get('last_name') or each['name'][4:]}" for each in answer.json()["items"]))


def in_a_bulk_action(world: World) -> list[str]:
    """Last: it changes them."""
    chosen = announced(world.client, "deactivate", world.kind, world.asked())
    world.client.post("/lac/actions/deactivate/", chosen)
    return found(" ".join(Party.objects.filter(active=False).values_list("name", flat=True)))


DOORS = [
    in_a_list_page, in_a_nested_filter, in_a_saved_view, in_a_dynamic_list, in_an_export_page,
    in_an_export_command, in_the_api, in_a_bulk_action,
]  # fmt: skip
