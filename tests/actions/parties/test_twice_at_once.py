"""Double clicks and concurrent duplicates, where no database constraint prevents them."""

import pytest

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.accounts.scope import inside
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.service import corrections
from entregent.directory.models import ContactList, Correction, HiddenItem, JobFunction, Party

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_correction_is_proposed_once(service, sonia, bruno: Actor, together):
    with inside(service):
        mayor = parties.create(sonia, "p", {"last_name": "Roy", "first_name": "Léa"})
    found = Party.readable.get(pk=mayor.pk)
    once = lambda: corrections.propose(bruno, found, "first_name", "Zoé")  # noqa: E731
    assert together(once, once) == ([], ["correction_there"])
    assert Correction.objects.count() == 1


def test_a_list_of_a_team_is_made_once(lac, aicha: Actor, together):
    team = Team.objects.create(account=lac, name="Terrain")
    Membership.objects.get(pk=aicha.membership_id).teams.add(team)
    lists.create(aicha, {"name": "Autre", "category": "Divers"})
    data = {"name": "Presse", "category": "Divers", "reach": "teams", "teams": [team.pk]}
    once = lambda: lists.create(aicha, data)  # noqa: E731
    assert together(once, once) == ([], ["list_taken"])
    assert ContactList.objects.filter(key="presse").count() == 1


def test_an_item_of_the_service_is_hidden_once(service, sonia, aicha: Actor, together):
    with inside(service):
        items.create(sonia, "functions", {"name": "Maire"})
    item = JobFunction.readable.get(name="Maire")
    once = lambda: items.show(aicha, "functions", item, shown=False)  # noqa: E731
    assert together(once, once) == ([], [])
    assert HiddenItem.objects.count() == 1
