"""No address is unlisted, and each keeps its word: to nobody, to a stranger, to a reader, to who may."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, User
from entregent.accounts.opening import add_member
from entregent.actions import members, parties, roles, teams, tokens

from .doors import ACCOUNT, DOORS, PUBLIC, SIGNED_IN, Address, addresses

ADDRESSES = {address.name: address for address in addresses()}
INNER = sorted(name for name, address in ADDRESSES.items() if address.of_account and name in ACCOUNT)
OUTER = sorted(name for name, needs in DOORS.items() if needs in (PUBLIC, SIGNED_IN) and name in ADDRESSES)
SAMPLES = {"key": "none", "uidb36": "1", "secret": "none"}


def test_no_address_is_unlisted():
    assert set(ADDRESSES) == set(DOORS)


def test_addresses_of_an_account_and_no_others_ask_permissions():
    assert {name for name, address in ADDRESSES.items() if address.of_account} == set(ACCOUNT)


@pytest.mark.parametrize("name", INNER)
def test_the_view_asks_what_the_table_says(name: str):
    needs = getattr(ADDRESSES[name].pattern.callback, "needs", None)
    assert needs == ACCOUNT[name], f"{name} asks {needs}: is it a @door?"


@pytest.fixture
def url(lac: Account, aicha: Actor) -> Callable[[Address], str]:
    """The address of something that exists in the account, so that a 404 is never for want of it."""
    person = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie"})
    organisation = parties.create(aicha, "o", {"name": "Mairie de Lac-aux-Fées"})
    place = add_member(lac, User.objects.create_user("eve@lac.example"), "reader")
    offer = members.invite(aicha, "paul@lac.example", place.role)
    theirs = {
        "settings:member:pk": place.pk,
        "settings:member_end:pk": place.pk,
        "settings:invitation_again:pk": offer.pk,
        "settings:invitation_withdraw:pk": offer.pk,
        "settings:team:pk": (team := teams.create_team(aicha, "Bureau")).pk,
        "settings:team_delete:pk": team.pk,
        "settings:role:pk": (role := roles.create_role(aicha, "Stagiaire", [])).pk,
        "settings:role_delete:pk": role.pk,
        "settings:token_revoke:pk": tokens.create_token(aicha, "Site")[0].pk,
    }
    words = {**SAMPLES, **theirs, "account": lac.slug, "contacts:pk": person.pk, "organisations:pk": organisation.pk}

    def sample(address: Address, word: str) -> object:
        names = (f"{address.name}:{word}", f"{address.room}:{word}", word)
        value = next((words[name] for name in names if name in words), None)
        assert value is not None, f"{address.name}: the law has no sample of {word} yet"
        return value

    return lambda address: reverse(address.name, kwargs={word: sample(address, word) for word in address.words})


def knock(client: Client, path: str) -> HttpResponse:
    """GET, or an empty POST where only that is taken."""
    response = client.get(path)
    return client.post(path) if response.status_code == 405 else response


def is_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", INNER)
def test_nobody_is_sent_to_sign_in(url, name: str):
    assert is_sign_in(knock(Client(), url(ADDRESSES[name])))


@pytest.mark.parametrize("name", INNER)
def test_a_stranger_finds_nothing(url, browse, dimitri: Actor, name: str):
    assert knock(browse(dimitri), url(ADDRESSES[name])).status_code == 404


@pytest.mark.parametrize("name", INNER)
def test_a_reader_comes_as_far_as_the_table_says(url, browse, chloe: Actor, name: str):
    status = knock(browse(chloe), url(ADDRESSES[name])).status_code
    if chloe.permissions.issuperset(ACCOUNT[name]):
        assert 200 <= status < 400
    else:
        assert status == 403


@pytest.mark.parametrize("name", INNER)
def test_who_may_is_served(url, browse, aicha: Actor, name: str):
    status = knock(browse(aicha), url(ADDRESSES[name])).status_code
    assert 200 <= status < 400 or status in (400, 422), status  # an empty form may be refused, nothing else


@pytest.mark.parametrize("name", OUTER)
def test_outside_accounts_only_what_is_public_is_served(db, name: str):
    address = ADDRESSES[name]
    kwargs = {word: SAMPLES.get(word, 1) for word in address.words}
    response = knock(Client(), reverse(name, kwargs=kwargs))
    if DOORS[name] == SIGNED_IN:
        assert is_sign_in(response)
    else:
        assert response.status_code in (200, 302, 400, 410)
