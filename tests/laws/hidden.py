"""Things of every kind that Aïcha hides from Bruno; each of their texts contains one certain word."""

import re
from collections.abc import Callable

import pytest

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.fields import fields
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.saved_views import views
from entregent.actions.tags import tagging
from entregent.directory.models import ContactList, Party

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
OF_ACCOUNT = re.compile(rf"{SECRET}|199\W?00\W?77\W?88", re.IGNORECASE)
"""What an account hides, and ``TRACES``: that and what the operator hides."""
TRACES = re.compile(rf"{OF_ACCOUNT.pattern}|bulgroz", re.IGNORECASE)


@pytest.fixture
def hide(aicha: Actor, sonia: Actor, samples: dict[str, object]) -> Callable[[], list[Party]]:
    """Let Aïcha make, change, tag, bin and delete records that Bruno may not see; returns those left.

    She puts them in lists and keeps searches of her own, too; and the operator keeps drafts to herself.
    """

    def hidden() -> list[Party]:
        drafts(sonia)
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
        keep_lists(aicha, samples, [one, two, land])
        return [one, two, binned, land, many]

    return hidden


def keep_lists(aicha: Actor, samples: dict[str, object], parties_in: list[Party]) -> None:
    """Lists and views of Aïcha and of her team, of each kind; and hidden members of the list that everyone has."""
    place = {"category": ContactList.objects.get(pk=samples["lists:pk"]).category_id}
    team = {"reach": "teams", "teams": [samples["settings:team:pk"]]}
    for reach in ({"reach": "me"}, team):
        name = f"Zorglubistes {reach['reach']}"
        found = lists.create(aicha, place | reach | {"name": name, "description": "Tous les zorglubs"})
        list_members.add(aicha, found, parties_in)
        asked = {"kind": "p", "q": "zorglub"}
        lists.create(aicha, place | reach | {"name": f"{name} (q)", "kind": "dynamic", "search": asked})
    list_members.add(aicha, ContactList.objects.get(pk=samples["lists:pk"]), parties_in)
    views.save(aicha, "p", "Vue zorglub", {"q": "zorglub"})
    views.save(aicha, "o", "Vue des zorglubs", {"q": "zorglub"}, "teams", samples["settings:team:pk"])


def drafts(sonia: Actor) -> None:
    """What the operator has not shown to the accounts yet."""
    with inside(sonia.account):
        named = {"emails": [{"value": "bulgroz@bulgroz.example"}], "tags": ["bulgrozien"]}
        body = parties.create(sonia, "o", named | ALONE | {"name": "Préfecture de Bulgroz"})
        one = parties.create(sonia, "p", ALONE | {"last_name": "Bulgroz", "first_name": "Draft"})
        positions.attach(sonia, one, {"organisation": body.pk, "function": "Bulgroziste"})
        parties.update(sonia, Party.objects.get(pk=one.pk), {"first_name": "Bulgroza"})


@pytest.fixture
def attach(aicha: Actor, samples: dict[str, object]) -> Callable[[Party], None]:
    """Tell of the sample contact, whom everyone sees, what few may know: a place in a hidden organisation, lists
    that Bruno does not have, a value of a sensitive field.
    """

    def attached(land: Party) -> None:
        person = Party.objects.get(pk=samples["contacts:pk"])
        place = positions.attach(aicha, person, {"organisation": land.pk, "function": "Zorglubiste", "main": True})
        positions.change(aicha, place, {"function": "Zorglubologue", "email": "marie@zorglub.example"})
        positions.detach(aicha, positions.attach(aicha, person, {"organisation": land.pk, "function": "Zorglubot"}))
        for one in ContactList.objects.exclude(reach="all").filter(kind="static"):
            list_members.add(aicha, one, [person])
        gone = lists.create(aicha, {"name": "Zorglubistes d’hier", "category": one.category_id, "reach": "me"})
        list_members.add(aicha, gone, [person])
        list_members.remove(aicha, gone, [person])
        lists.delete(aicha, [gone])
        approved = {"sensitive": True, "approved_by": "Ana Costa"}
        fields.create(aicha, "p", label="Allergies", **approved)
        parties.update(aicha, Party.objects.get(pk=person.pk), {"custom": {"allergies": "Zorglub"}})
        views.save(aicha, "p", "Vue commune", {"custom.allergies": "*"}, "all")

    return attached
