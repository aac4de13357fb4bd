"""A second factor, another address: what protects a user's access is changed by them alone, and told."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.cast import PASSWORD

from entregent.accounts.actor import Actor
from entregent.accounts.models import SecurityEvent, User


@pytest.fixture(autouse=True)
def fresh_limits():
    """Tries of another test don't count."""
    cache.clear()


@pytest.fixture
def client(bruno: Actor) -> Client:
    """A browser in which Bruno has just signed in and shown again that it is he."""
    client = Client()
    client.post(reverse("account_login"), {"login": "bruno@lac.example", "password": PASSWORD})
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    client.post(answer["Location"], {"password": PASSWORD})
    return client


def code(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


@pytest.fixture
def secret(client: Client) -> str:
    """The secret of Bruno's authenticator app, turned on."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="totp_key" value="(\w+)"', page)[1]
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert client.post(reverse("mfa_activate_totp"), {"code": code(secret)}).status_code == 302
    return secret


def sign_in() -> tuple[Client, str]:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "bruno@lac.example", "password": PASSWORD})
    return client, answer["Location"]


def test_the_password_alone_no_longer_opens(secret: str):
    client, where = sign_in()
    assert where == reverse("mfa_authenticate")
    assert client.get("/lac/parametres/profil/").status_code == 302
    assert "Encore une étape" in client.get(where).content.decode()
    assert client.post(where, {"code": "123456"}).status_code == 200
    cache.clear()  # the code that turned it on would count as used
    assert client.post(where, {"code": code(secret, 1)}).status_code == 302
    assert client.get("/lac/parametres/profil/").status_code == 200


def test_a_code_works_once(secret: str):
    again = code(secret)  # the very one that turned it on
    client, where = sign_in()
    client.post(where, {"code": again})
    first = client.get("/lac/parametres/profil/").status_code
    client, where = sign_in()
    client.post(where, {"code": again})
    assert (first, client.get("/lac/parametres/profil/").status_code).count(200) <= 1
    assert client.get("/lac/parametres/profil/").status_code == 302


def test_each_recovery_code_works_once(client: Client, secret: str):
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\w+)</code>", page)
    assert len(codes) == 10
    for expected in (200, 302):
        other, where = sign_in()
        other.post(where, {"code": codes[0]})
        assert other.get("/lac/parametres/profil/").status_code == expected
    assert Authenticator.objects.count() == 2


def test_turning_it_on_is_told_by_mail_in_the_user_s_language(db, django_capture_on_commit_callbacks, request):
    with django_capture_on_commit_callbacks(execute=True):
        request.getfixturevalue("secret")
    told = mail.outbox[-1]
    assert told.to == ["bruno@lac.example"]
    assert told.body.startswith("Bonjour,")
    assert "Ce n’était pas vous" in told.body


def test_another_address_counts_once_its_link_is_opened(client: Client, bruno: Actor, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://crm.lac.example"
    data = {"email": "b.lefevre@lac.example", "action_add": "1"}
    client.post(reverse("account_email"), data, headers={"host": "evil.example"})
    client.post(reverse("account_email"), data)
    asked = next(message for message in mail.outbox if message.to == ["b.lefevre@lac.example"])
    link = re.search(r"https://crm\.lac\.example(/\S+)", asked.body)[1]
    assert "evil" not in asked.body
    assert User.objects.get(pk=bruno.user_id).email == "bruno@lac.example"
    client.post(link)
    assert User.objects.get(pk=bruno.user_id).email == "b.lefevre@lac.example"
    assert any(message.to == ["bruno@lac.example"] for message in mail.outbox)
    assert SecurityEvent.objects.filter(user_id=bruno.user_id, kind=SecurityEvent.Kind.EMAIL_CHANGED).count() == 1


def test_other_sessions_are_seen_and_ended(client: Client):
    other, _where = sign_in()
    page = client.get(reverse("usersessions_list")).content.decode()
    assert page.count("127.0.0.1") == 2
    client.post(reverse("usersessions_list"))
    assert other.get("/lac/parametres/profil/").status_code == 302
    assert client.get("/lac/parametres/profil/").status_code == 200


def test_a_mail_server_that_refuses_does_not_break_the_page(client: Client, mailbox):
    mailbox.refuse = "451 later"
    answer = Client().post(reverse("account_reset_password"), {"email": "bruno@lac.example"})
    assert answer.status_code == 302


def test_factors_are_told_by_the_audit(client: Client, django_capture_on_commit_callbacks, request):
    with django_capture_on_commit_callbacks(execute=True):
        request.getfixturevalue("secret")
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    other, where = sign_in()
    other.post(where, {"code": "000000"})
    other.post(where, {"code": re.findall(r"<code>(\w+)</code>", page)[0]})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    told = list(SecurityEvent.objects.order_by("id").values_list("kind", flat=True))
    kinds = "signed_in app_added codes_made factor_failed code_used signed_in codes_made app_removed"
    assert told == kinds.split()
