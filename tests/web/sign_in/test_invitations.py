"""Where an invitation's link leads."""

import pytest
from django.test import Client

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Invitation, Role, User
from entregent.accounts.models.members import digest


@pytest.fixture
def link(aicha: Actor):
    """``link("eve@lac.example")``: the path of an invitation to that address."""

    def link(email: str) -> str:
        role = Role.objects.get(code="reader")
        offer, secret = Invitation.draft(account=aicha.account, email=email, role=role, by_id=aicha.user_id)
        offer.save()
        return f"/invitation/{secret}/"

    return link


NEW = {"first_name": "Ève", "last_name": "Roy", "password": "une-phrase-assez-longue"}


def test_a_newcomer_becomes_a_user_and_is_in(client: Client, link):
    path = link("eve@lac.example")
    assert "Les Amis du lac" in client.get(path).content.decode()
    answer = client.post(path, NEW)
    assert answer["Location"] == "/lac/"
    user = User.objects.get(email="eve@lac.example")
    assert actor_in("lac", user.pk).name == "Ève Roy"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Client().get(path).status_code == 410


def test_a_weak_password_is_refused_and_the_names_stay(client: Client, link):
    answer = client.post(link("eve@lac.example"), NEW | {"password": "eve@lac.example"})
    assert "trop semblable" in answer.content.decode()
    answer = client.post(link("eve@lac.example"), NEW | {"password": "court"})
    assert 'value="Roy"' in answer.content.decode()
    assert not User.objects.filter(email="eve@lac.example").exists()


def test_a_user_signs_in_first_and_comes_back(client: Client, link, dimitri: Actor):
    path = link("dimitri@voisin.example")
    page = client.get(path).content.decode()
    assert f"/connexion/?next={path}" in page
    assert client.post(path, NEW).status_code == 200
    client.force_login(User.objects.get(pk=dimitri.user_id))
    assert client.post(path)["Location"] == "/lac/"
    assert actor_in("lac", dimitri.user_id)


def test_somebody_else_does_not_take_it(link, browse, bruno: Actor):
    path = link("eve@lac.example")
    page = browse(bruno).post(path).content.decode()
    assert "Cette invitation est pour eve@lac.example" in page
    assert Invitation.objects.get(digest=digest(path.split("/")[2])).open


def test_an_unknown_link_says_nothing(client: Client, db):
    assert client.get("/invitation/none/").status_code == 410
