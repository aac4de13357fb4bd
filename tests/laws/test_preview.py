"""A preview as another user can't change anything, whatever the URL (X12)."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from entregent.accounts.actor import Actor
from entregent.actions.bulk import chosen_sets
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.models import ChosenSet
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.saved_views import views
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection

from .asking import ADDRESSES, text_of
from .conftest import Url
from .hidden import TRACES
from .rooms import room_of


@pytest.fixture
def looking(samples, browse, aicha: Actor, bruno: Actor) -> Client:
    """Aïcha, who looks through Bruno's eyes."""
    client = browse(aicha)
    assert client.post(reverse("preview:start", args=["lac", bruno.membership_id])).status_code == 302
    return client


def rows() -> dict[str, list]:
    """All that the account holds, and its users."""
    models = [model for model in apps.get_models() if room_of(model)]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


PLAIN = {"imports:template", "exports:page"}
"""Files, not pages."""


@pytest.fixture
def kept(bruno: Actor) -> ChosenSet:
    """What Bruno keeps to himself: records, a list, a view, an announced choice, and a shared record he completed."""
    alone = {"visibility": {"mode": "creator"}}
    one = parties.create(bruno, "p", alone | {"last_name": "Zorglub", "first_name": "Seul", "tags": ["zorglubien"]})
    for number in range(6):  # more than a dialog names
        parties.create(bruno, "p", alone | {"last_name": f"Zorglub {number}", "first_name": "Seul"})
    body = parties.create(bruno, "o", alone | {"name": "Zorglub et cie"})
    positions.attach(bruno, one, {"organisation": body.pk, "function": "Zorglubiste"})
    parties.update(bruno, Party.objects.get(pk=one.pk), {"first_name": "Zorglubine"})
    mine = lists.create(bruno, {"name": "Zorglubs", "category": "Communication", "reach": "me"})
    list_members.add(bruno, mine, [one, body])
    views.save(bruno, "p", "Vue zorglub", {"q": "zorglub"})
    return chosen_sets.fix(bruno, Selection("p"))


def test_no_page_shows_what_either_keeps_to_themselves(looking: Client, url: Url, hide, kept: ChosenSet, subtests):
    """Neither what Aïcha hides from Bruno, nor what Bruno alone sees; and every page has the exit."""
    hide()
    chosen = f"?all=1&kind=p&set={kept.pk}"
    exit_of = reverse("preview:quit", args=["lac"])
    for address in ADDRESSES:
        with subtests.test(address.name):
            answer = looking.get(url(address) + (chosen if address.name == "toolbox:run" else ""))
            text = text_of(answer)
            assert not TRACES.search(text)
            if answer.status_code != 302 and answer["Content-Type"].startswith("text/html"):
                part = address.room == "suggest" or address.name in PLAIN
                assert part or f'action="{exit_of}"' in text


def test_an_announced_choice_is_not_counted_in_a_preview(looking: Client, kept: ChosenSet):
    """Its number tells of records that stay hidden."""
    number = looking.get("/lac/actions/?all=1&kind=p").context["who"]
    assert looking.get(f"/lac/actions/?all=1&kind=p&set={kept.pk}").context["who"] == number


def test_a_failure_has_the_exit_without_asking_the_database(looking: Client, monkeypatch: pytest.MonkeyPatch):
    looking.raise_request_exception = False
    monkeypatch.setattr("entregent.web.home.views.page", lambda *given, **more: 1 / 0)
    answer = looking.get("/lac/")
    assert answer.status_code == 500
    assert f'action="{reverse("preview:quit", args=["lac"])}"' in answer.text
    assert 'name="csrfmiddlewaretoken"' in answer.text


def test_every_form_is_refused_and_nothing_is_written(looking: Client, url: Url):
    before = rows()
    forms = [address for address in ADDRESSES if address.name != "preview:quit"]
    answers = {address.name: looking.post(url(address)).status_code for address in forms}
    assert {name: status for name, status in answers.items() if status != 403} == {}
    assert rows() == before


def test_no_deed_is_done_whatever_the_door(aicha: Actor, bruno: Actor):
    with pytest.raises(PermissionDenied):
        parties.create(replace(bruno, previewer=aicha.name), "p", {"last_name": "Roy", "first_name": "Ann"})


def test_looking_writes_nothing_either(looking: Client, url: Url):
    before = rows()
    assert sum(looking.get(url(address)).status_code == 200 for address in ADDRESSES) > 20
    assert rows() == before
