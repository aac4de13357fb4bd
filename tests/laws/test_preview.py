"""A preview as another user can't change anything, whatever the URL (X12)."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties

from .asking import ADDRESSES
from .conftest import Url
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
