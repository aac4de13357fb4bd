"""Hidden records are absent from lists, search, counts and filters (B3), for each of the three visibilities."""

from dataclasses import replace

import pytest

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Team, User
from entregent.accounts.opening import add_member
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.store.pages import capped_count


def seen(by: Actor, **params: str) -> set[str]:
    found = Selection.read("p", params).parties(by)
    assert capped_count(found)[0] == len(found)
    return {party.first_name for party in found}


@pytest.fixture
def records(aicha: Actor, bruno: Actor) -> None:
    """Aïcha's: one for everyone, one for herself, one shared with Bruno."""
    for first_name, visibility in [
        ("Tous", {"mode": "everyone"}),
        ("Moi", {"mode": "creator"}),
        ("Bruno", {"mode": "shared", "users": [bruno.user_id]}),
    ]:
        card = {"first_name": first_name, "last_name": "Secret", "tags": ["presse"], "visibility": visibility}
        parties.create(aicha, "p", card)


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("params", [{}, {"q": "secret"}, {"q": "s"}, {"tag": "presse"}, {"active": "oui"}])
def test_each_sees_their_own_part(aicha, bruno, chloe, params):
    assert seen(aicha, **params) == {"Tous", "Moi", "Bruno"}
    assert seen(bruno, **params) == {"Tous", "Bruno"}
    assert seen(chloe, **params) == {"Tous"}


def test_an_administrator_has_no_door_of_their_own(aicha, bruno):
    parties.create(bruno, "p", {"first_name": "À moi", "last_name": "Seul", "visibility": {"mode": "creator"}})
    assert seen(bruno) == {"À moi"}
    assert seen(aicha) == set()


def test_a_team_sees_what_is_shared_with_it(lac, aicha, bruno):
    team = Team.objects.create(account=lac, name="Presse")
    card = {"first_name": "Équipe", "last_name": "Secret", "visibility": {"mode": "shared", "teams": [team.pk]}}
    parties.create(aicha, "p", card)
    assert seen(bruno) == set()
    add_member(lac, User.objects.get(pk=bruno.user_id), "collaborator", [team])
    assert seen(actor_in("lac", bruno.user_id)) == {"Équipe"}


def test_another_account_sees_nothing(aicha, dimitri):
    parties.create(aicha, "p", {"first_name": "Tous", "last_name": "Secret"})
    with inside(dimitri.account):
        assert seen(dimitri) == set()


def test_a_filter_does_not_tell_who_is_in_a_hidden_organisation(aicha, bruno):
    hidden = parties.create(aicha, "o", {"name": "Cellule", "visibility": {"mode": "creator"}})
    card = {"first_name": "Marie", "last_name": "Delorme", "organisation": hidden.pk, "function": "Agente"}
    parties.create(aicha, "p", card)
    assert seen(aicha, organisation=str(hidden.pk)) == {"Marie"}
    assert seen(bruno) == {"Marie"}
    assert seen(bruno, organisation=str(hidden.pk)) == set()
    assert seen(bruno, function="agente") == set()
    assert seen(bruno, q="cellule") == set()


def test_the_system_itself_sees_what_everyone_sees(aicha, bruno):
    """An actor without a user made nothing and is in no team, whoever's maker has gone since."""
    team = Team.objects.create(account=aicha.account, name="Presse")
    for first_name, visibility in [("Tous", "everyone"), ("Moi", "creator")]:
        parties.create(aicha, "p", {"first_name": first_name, "last_name": "X", "visibility": {"mode": visibility}})
    shared = {"mode": "shared", "teams": [team.pk]}
    parties.create(aicha, "p", {"first_name": "Équipe", "last_name": "X", "visibility": shared})
    Party.objects.filter(first_name="Moi").update(created_by=None)
    assert seen(replace(aicha, user_id=None, team_ids=())) == {"Tous"}
