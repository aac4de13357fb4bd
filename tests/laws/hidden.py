"""What Aïcha keeps from Bruno, of every kind; each of its texts holds one word."""

import re
from collections.abc import Callable

import pytest

from entregent.accounts.actor import Actor
from entregent.actions import bin as bin_actions
from entregent.actions import parties, positions, tagging
from entregent.directory.models import Party

SECRET = "zorglub"
"""Every text of a hidden record holds it."""
CARD = {
    "emails": [{"value": "zorglub@zorglub.example"}],
    "phones": [{"value": "01 99 00 77 88"}],
    "websites": [{"value": "https://zorglub.example"}],
    "addresses": [{"street": "1, rue Zorglub", "city": "Zorglubville", "country": "FR", "postal_code": "75001"}],
    "tags": ["zorglubien"],
}
ALONE = {"visibility": {"mode": "creator"}}
TRACES = re.compile(rf"{SECRET}|199\W?00\W?77\W?88", re.IGNORECASE)


@pytest.fixture
def hide(aicha: Actor, samples: dict[str, object]) -> Callable[[], list[Party]]:
    """Let Aïcha make, change, tag, bin and delete records that Bruno may not see; returns those left."""

    def hidden() -> list[Party]:
        shared = {"visibility": {"mode": "shared", "teams": [samples["settings:team:pk"]]}}
        one = parties.create(aicha, "p", CARD | ALONE | {"last_name": "Zorglub", "first_name": "Alone"})
        land = parties.create(
            aicha, "o", CARD | ALONE | {"name": "Zorglubland", "emails": [{"value": "zorglub@land.example"}]}
        )
        two = parties.create(
            aicha, "p", shared | {"last_name": "Zorglub", "first_name": "Shared", "tags": ["zorglubien"]}
        )
        many = parties.create(aicha, "o", shared | {"name": "Zorglub & fils"})
        binned = parties.create(aicha, "p", ALONE | {"last_name": "Zorglub", "first_name": "Binned"})
        gone = parties.create(aicha, "p", ALONE | {"last_name": "Zorglub", "first_name": "Gone"})
        positions.attach(aicha, one, {"organisation": land.pk, "function": "Zorglubiste"})
        positions.attach(aicha, two, {"organisation": samples["organisations:pk"], "function": "Zorglubiste"})
        parties.update(aicha, Party.objects.get(pk=one.pk), {"first_name": "Zorglubine"})
        tagging.tag(aicha, [one, two], ["zorglubesque"])
        bin_actions.delete(aicha, [binned, gone])
        bin_actions.purge(aicha, [gone])
        return [one, two, binned, land, many]

    return hidden


@pytest.fixture
def attach(aicha: Actor, samples: dict[str, object]) -> Callable[[Party], None]:
    """Give the sample contact, whom everyone sees, a place in a hidden organisation."""

    def attached(land: Party) -> None:
        person = Party.objects.get(pk=samples["contacts:pk"])
        place = positions.attach(aicha, person, {"organisation": land.pk, "function": "Zorglubiste", "main": True})
        positions.change(aicha, place, {"function": "Zorglubologue", "email": "marie@zorglub.example"})
        positions.detach(aicha, positions.attach(aicha, person, {"organisation": land.pk, "function": "Zorglubot"}))

    return attached
