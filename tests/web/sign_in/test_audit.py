"""What happens to a user's access is kept, shown to whom it concerns, and rewritten by nobody."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import PASSWORD
from tests.queries import assert_flat

from entregent.accounts.actor import Actor
from entregent.accounts.audit import digest_of, forget
from entregent.accounts.jobs import run_errands
from entregent.accounts.models import Membership, Role, SecurityEvent, User
from entregent.accounts.models.security import Rewriting
from entregent.accounts.permissions import Can

Kind = SecurityEvent.Kind
LOGIN = reverse("account_login")


@pytest.fixture(autouse=True)
def fresh_limits():
    """Tries of another test don't count."""
    cache.clear()


def sign_in(email: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR="203.0.113.9")
    return client


def kinds(by: Actor) -> list[str]:
    return list(SecurityEvent.objects.filter(user_id=by.user_id).order_by("id").values_list("kind", flat=True))


def test_signing_in_and_out_is_kept_with_its_place(bruno: Actor):
    sign_in("bruno@lac.example").post(reverse("account_logout"))
    assert kinds(bruno) == [Kind.SIGNED_IN, Kind.SIGNED_OUT]
    first = SecurityEvent.objects.order_by("id")[0]
    assert (first.ip, first.door, first.email_digest) == ("203.0.113.9", "page", "")


def test_a_failure_keeps_no_word_of_what_was_typed(bruno: Actor):
    sign_in("Bruno@lac.example", "wrong-password-here")
    sign_in("nobody@lac.example", "wrong-password-here")
    sign_in("x@lac.example\r\n2026-01-01 signed_in", "wrong-password-here")
    known, unknown = SecurityEvent.objects.order_by("id")[:2]
    assert (known.user_id, unknown.user_id) == (bruno.user_id, None)
    assert known.email_digest == digest_of("bruno@lac.example")
    for row in SecurityEvent.objects.values():
        assert row["kind"] == Kind.SIGN_IN_FAILED
        assert re.fullmatch("[0-9a-f]{64}", row["email_digest"])
        assert "@" not in str(row)
        assert "\\n" not in repr(row)


def test_another_password_and_ended_sessions_are_kept(bruno: Actor):
    client = sign_in("bruno@lac.example")
    sign_in("bruno@lac.example")
    client.post(reverse("usersessions_list"))
    new = "une-autre-phrase-longue"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), data)
    assert kinds(bruno) == [Kind.SIGNED_IN, Kind.SIGNED_IN, Kind.SESSIONS_ENDED, Kind.PASSWORD_CHANGED]


def test_a_forgotten_password_replaced_is_kept(client: Client, bruno: Actor):
    client.post(reverse("account_reset_password"), {"email": "bruno@lac.example"})
    run_errands()
    link = re.search(r"https?://[^/]+(/connexion/mot-de-passe/oublie/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "une-autre-phrase-longue", "password2": "une-autre-phrase-longue"})
    assert kinds(bruno) == [Kind.PASSWORD_RESET]


def test_users_read_their_own_only(browse, bruno: Actor, chloe: Actor):
    sign_in("bruno@lac.example", "wrong-password-here")
    page = browse(bruno).get("/lac/parametres/securite/").content.decode()
    assert "Mot de passe refusé" in page
    assert "203.0.113.9" in page
    assert "Mot de passe refusé" not in browse(chloe).get("/lac/parametres/securite/").content.decode()


def test_administrators_read_those_of_their_members(browse, aicha: Actor, bruno: Actor, dimitri: Actor):
    sign_in("bruno@lac.example", "wrong-password-here")
    page = browse(aicha).get("/lac/parametres/connexions/").content.decode()
    assert "Bruno Lefèvre" in page
    assert "203.0.113.9" in page
    assert "Bruno" not in browse(dimitri).get("/voisin/parametres/connexions/").content.decode()
    assert browse(bruno).get("/lac/parametres/connexions/").status_code == 403
    Membership.objects.filter(user_id=bruno.user_id).update(active=False)
    assert "Bruno" not in browse(aicha).get("/lac/parametres/connexions/").content.decode()


def test_what_was_before_they_joined_is_not_the_account_s(browse, aicha: Actor, bruno: Actor):
    sign_in("bruno@lac.example", "wrong-password-here")
    Membership.objects.filter(user_id=bruno.user_id).update(joined_at=timezone.now() + timedelta(seconds=1))
    assert "Bruno" not in browse(aicha).get("/lac/parametres/connexions/").content.decode()


def test_where_from_is_for_those_who_manage_users(browse, bruno: Actor):
    role = Role.objects.create(account=bruno.account, name="Réglages", permissions=[Can.MANAGE_ACCOUNT])
    Membership.objects.filter(user_id=bruno.user_id).update(role=role)
    sign_in("bruno@lac.example", "wrong-password-here")
    page = browse(bruno).get("/lac/parametres/connexions/").content.decode()
    assert "Mot de passe refusé" in page
    assert "203.0.113.9" not in page


@pytest.mark.parametrize("page", ["connexions", "securite"])
def test_more_events_ask_no_more_queries(page: str, browse, aicha: Actor, bruno: Actor):
    def grow() -> None:
        for user_id in (aicha.user_id, bruno.user_id) * 5:
            SecurityEvent.objects.create(kind=Kind.SIGNED_IN, user_id=user_id, door="page")

    client = browse(aicha)
    grow()
    assert_flat(lambda: client.get(f"/lac/parametres/{page}/"), grow)


def test_nothing_rewrites_it(bruno: Actor):
    sign_in("bruno@lac.example")
    event = SecurityEvent.objects.get()
    for rewrite in (
        event.save,
        event.delete,
        SecurityEvent.objects.all().delete,
        lambda: SecurityEvent.objects.update(kind=Kind.SIGNED_OUT),
        lambda: SecurityEvent.objects.bulk_update([event], ["kind"]),
    ):
        with pytest.raises(Rewriting):
            rewrite()
    assert kinds(bruno) == [Kind.SIGNED_IN]


def test_it_outlives_the_user(bruno: Actor):
    someone = User.objects.create_user("eve@lac.example", PASSWORD)
    sign_in("eve@lac.example", "wrong-password-here")
    someone.delete()
    assert SecurityEvent.objects.get().user is None


def test_a_year_later_it_is_forgotten(bruno: Actor):
    old, young = timezone.now() - timedelta(days=366), timezone.now() - timedelta(days=364)
    for at in (old, young):
        SecurityEvent.objects.create(kind=Kind.SIGNED_IN, user_id=bruno.user_id, door="page", at=at)
    forget()
    assert [event.at for event in SecurityEvent.objects.all()] == [young]
