"""When a token works, and what it is told when it doesn't."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from tests.cast import PASSWORD

from entregent.accounts.actor import actor_in
from entregent.accounts.models import Account, Token, User
from entregent.accounts.opening import add_member
from entregent.accounts.scope import inside
from entregent.actions.members.tokens import create_token, revoke_all, tokens_of
from entregent.journal.models import Entry


def ask(secret: str):
    return Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/me")


def test_a_token_that_has_expired_is_refused_with_its_reason(bruno):
    token, secret = create_token(bruno, "Site", days=30)
    assert ask(secret).status_code == 200
    assert token.expires_at - timezone.now() > timedelta(days=29)
    Token.objects.update(expires_at=timezone.now())
    answer = ask(secret)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "a expiré" in answer.json()["detail"]
    assert Token.objects.get().last_used_at


def test_a_token_without_an_end_stays(bruno):
    _token, secret = create_token(bruno, "Site")
    Token.objects.update(created_at=timezone.now() - timedelta(days=4000))
    assert ask(secret).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_must_have_a_factor_and_has_none_is_refused_with_the_reason(aicha, bruno, method):
    """By a token as on the pages; collaborators need none."""
    (_token, theirs), (_other, his) = create_token(aicha, "Site"), create_token(bruno, "Site")
    Account.objects.filter(pk=aicha.account.pk).update(two_factors=True)
    client = Client(headers={"Authorization": f"Bearer {theirs}"})
    answer = client.generic(method, "/api/v1/contacts")
    assert answer.status_code == 401
    assert "second facteur" in answer.json()["detail"]
    assert ask(his).status_code == 200
    Authenticator.objects.create(user_id=aicha.user_id, type=Authenticator.Type.TOTP, data={})
    assert ask(theirs).status_code == 200


@pytest.fixture
def elsewhere(voisin, bruno) -> Token:
    """A token of Bruno's in another account."""
    add_member(voisin, User.objects.get(pk=bruno.user_id), "collaborator")
    with inside(voisin):
        return create_token(actor_in("voisin", bruno.user_id), "Ailleurs")[0]


NEW = "une-autre-phrase-bien-longue"


@pytest.mark.parametrize("revoke", [True, False])
def test_who_changes_the_password_is_asked_about_the_tokens(bruno, elsewhere, browse, revoke):
    _token, secret = create_token(bruno, "Site")
    client = browse(bruno)
    page = client.get("/connexion/mot-de-passe/").content.decode()
    assert "Révoquer aussi mes 2 jetons d’API" in page
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | (
        {"revoke_tokens": "on"} if revoke else {}
    )
    assert client.post("/connexion/mot-de-passe/", words).status_code == 302
    assert ask(secret).status_code == (401 if revoke else 200)
    assert len(tokens_of(bruno.user_id)) == (0 if revoke else 2)
    assert Entry.objects.filter(deed="token_revoked", by=bruno.user_id).exists() == revoke


def test_who_has_no_token_is_not_asked(bruno, browse):
    assert "jeton" not in browse(bruno).get("/connexion/mot-de-passe/").content.decode()


def test_those_of_others_stay(bruno, aicha):
    create_token(bruno, "Site")
    _token, secret = create_token(aicha, "Site")
    revoke_all(bruno.user_id)
    assert ask(secret).status_code == 200


def test_the_form_offers_an_end_and_the_list_tells_it(bruno, browse):
    client = browse(bruno)
    client.post("/lac/parametres/jetons/creer/", {"name": "Site", "days": "90"})
    client.post("/lac/parametres/jetons/creer/", {"name": "Sans fin", "days": ""})
    ends = {token.name: token.expires_at for token in Token.objects.all()}
    assert ends["Sans fin"] is None
    assert timedelta(days=89) < ends["Site"] - timezone.now() <= timedelta(days=90)
    page = client.get("/lac/parametres/jetons/").content.decode()
    assert "valable jusqu’au" in page
    assert "sans date de fin" in page
    Token.objects.filter(name="Site").update(expires_at=timezone.now())
    assert "expiré" in client.get("/lac/parametres/jetons/").content.decode()
