"""Concurrency: a layer created while the operator changes the shared record shows the change."""

import pytest

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import run_pending
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.tags import tagging
from entregent.directory.models import Party, Position

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mayor(sonia: Actor) -> Party:
    with inside(sonia.account):
        place = {"organisation_name": "Mairie", "function": "Maire"}
        return parties.create(sonia, "p", {"last_name": "Roy", "first_name": "Ann"} | place)


def layer_after(together, first, second) -> Party:
    """What the layer is once both are done, and the worker has done what they left to it."""
    assert together(first, second) == ([], [])
    run_pending()
    return Party.objects.get(base__isnull=False)


@pytest.mark.parametrize("changed_first", [True, False])
def test_a_record_that_changes_while_a_layer_is_laid(mayor, sonia, bruno, together, changed_first):
    shared = Party.readable.get(pk=mayor.pk)

    def change() -> None:
        with inside(sonia.account):
            parties.update(sonia, mayor, {"last_name": "Reine"})

    def lay() -> None:
        tagging.tag(bruno, [shared], ["Presse"])

    layer = layer_after(together, *((change, lay) if changed_first else (lay, change)))
    assert (layer.name, layer.tag_names) == ("Ann Reine", ["Presse"])


@pytest.mark.parametrize("changed_first", [True, False])
def test_a_place_that_ends_while_a_layer_is_laid(mayor, sonia, bruno, together, changed_first):
    shared, place = Party.readable.get(pk=mayor.pk), Position.readable.get()

    def leave() -> None:
        with inside(sonia.account):
            positions.detach(sonia, place)

    def lay() -> None:
        tagging.tag(bruno, [shared], ["Presse"])

    layer = layer_after(together, *((leave, lay) if changed_first else (lay, leave)))
    assert [held.until is None for held in Position.objects.filter(contact=layer)] == [False]
