"""The way in: for users only, without telling who is one, and without locking anybody's victim out."""

import re
from datetime import timedelta
from threading import Event

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import PASSWORD

from entregent.accounts import jobs
from entregent.accounts.jobs import run_errands
from entregent.accounts.models import Job, ResetRequest, SecurityEvent, User
from entregent.accounts.opening import add_member

LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")


@pytest.fixture(autouse=True)
def fresh_limits():
    """Tries of another test don't count."""
    cache.clear()


def sign_in(client: Client, email: str, password: str, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def page_text(response) -> str:
    """The page without what differs by itself."""
    text = re.sub(r'(value|content|X-CSRFToken": )="?[^" ]*"', "", response.content.decode())
    return re.sub(r"[A-Za-z0-9]{64}", "", text)


def test_a_user_signs_in_to_their_only_account(client, bruno):
    response = sign_in(client, "Bruno@LAC.example", PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.get("/")["Location"] == "/lac/"


def test_several_accounts_are_a_choice(client, dimitri, lac, voisin):
    assert len(client.get("/", follow=True).redirect_chain) == 1  # to sign-in
    client.force_login(User.objects.get(pk=dimitri.user_id))
    assert client.get("/")["Location"] == "/voisin/"
    add_member(lac, User.objects.get(pk=dimitri.user_id), "reader")
    page = client.get("/", follow=True).content.decode()
    assert "Les Amis du lac" in page
    assert "Le Voisin" in page


def test_a_user_of_no_account_reads_why(client, db):
    client.force_login(User.objects.create_user("nobody@lac.example"))
    page = client.get("/", follow=True).content.decode()
    assert "n’appartient à aucun compte" in page


def test_unknown_and_known_addresses_get_the_same_answer(bruno):
    known, unknown = (
        sign_in(Client(), email, "wrong-password-here") for email in ("bruno@lac.example", "nobody@lac.example")
    )
    assert known.status_code == unknown.status_code == 200
    assert page_text(known).replace("bruno", "") == page_text(unknown).replace("nobody", "")


ADDRESSES = ("bruno@lac.example", "nobody@lac.example", "gone@lac.example")


@pytest.fixture
def gone(lac) -> User:
    """A user who may not sign in any more."""
    return User.objects.create_user("gone@lac.example", PASSWORD, is_active=False)


def test_reset_answers_alike_and_writes_to_users_alone(bruno, gone):
    answers, queries = [], []
    for email in ADDRESSES:
        with CaptureQueriesContext(connection) as captured:
            answers.append(Client().post(RESET, {"email": email}))
        queries.append([query["sql"].split()[:3] for query in captured])
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert len({answer["Location"] for answer in answers}) == 1
    assert queries[0] == queries[1] == queries[2]  # the same work, so the same time
    assert mail.outbox == []
    run_errands()
    assert [message.to for message in mail.outbox] == [["bruno@lac.example"]]
    assert "/oublie/" in mail.outbox[0].body
    run_errands()
    assert ResetRequest.objects.count() == 0
    run_errands()
    assert len(mail.outbox) == 1


def test_a_reset_that_no_worker_saw_in_an_hour_is_dropped(client, bruno):
    client.post(RESET, {"email": "bruno@lac.example"})
    ResetRequest.objects.update(at=timezone.now() - timedelta(hours=2))
    run_errands()
    assert (len(mail.outbox), ResetRequest.objects.count()) == (0, 0)


def test_a_long_job_does_not_keep_a_reset_waiting(client, bruno, monkeypatch):
    """The worker runs errands between the steps of a job."""

    def steps(job):
        client.post(RESET, {"email": "bruno@lac.example"})
        yield
        assert len(mail.outbox) == 1

    monkeypatch.setitem(jobs.HANDLERS, "long", (steps, lambda job: None))
    job = Job.objects.create(account=bruno.account, kind="long")
    jobs.perform(jobs.claim("w"), "w", Event(), jobs.run_errands)
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_forged_host_does_not_choose_where_the_reset_link_leads(client, bruno, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://crm.lac.example"
    client.post(RESET, {"email": "bruno@lac.example"}, headers={"host": "evil.example"})
    run_errands()
    assert "https://crm.lac.example/connexion/" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].message().as_string()


def test_an_unlisted_host_is_refused(client, settings):
    settings.ALLOWED_HOSTS = ["crm.lac.example"]
    assert client.get(LOGIN, headers={"host": "evil.example"}).status_code == 400


def test_the_reset_link_changes_the_password_once(client, bruno):
    client.post(RESET, {"email": "bruno@lac.example"})
    run_errands()
    link = re.search(r"https?://[^/]+(/connexion/mot-de-passe/oublie/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    url = form.redirect_chain[-1][0]
    short = client.post(url, {"password1": "court", "password2": "court"})
    assert short.status_code == 200
    assert "12" in short.content.decode()
    new = "Ünïcödé 🌲 sans règle de composition"
    assert client.post(url, {"password1": new, "password2": new}).status_code == 302
    assert User.objects.get(pk=bruno.user_id).check_password(new)
    assert "trop ancien" in Client().get(link, follow=True).content.decode()


def test_a_stranger_does_not_lock_the_owner_out(bruno):
    stranger = {"REMOTE_ADDR": "203.0.113.9"}
    for _ in range(12):
        sign_in(Client(), "bruno@lac.example", "a-guess-of-a-password", **stranger)
    refused = sign_in(Client(), "bruno@lac.example", PASSWORD, **stranger)
    assert refused.status_code in (200, 429)
    mine = sign_in(Client(), "bruno@lac.example", PASSWORD, REMOTE_ADDR="198.51.100.7")
    assert mine.status_code == 302


def test_nobody_signs_up(client, db):
    page = client.post(reverse("account_signup"), {"email": "eve@lac.example", "password1": PASSWORD})
    assert "Sur invitation seulement" in page.content.decode()
    assert not User.objects.exists()


def test_next_stays_on_this_site(bruno):
    for url in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = Client().post(LOGIN, {"login": "bruno@lac.example", "password": PASSWORD, "next": url})
        assert answer["Location"] == "/"
    answer = Client().post(LOGIN, {"login": "bruno@lac.example", "password": PASSWORD, "next": "/lac/contacts/"})
    assert answer["Location"] == "/lac/contacts/"


def test_sign_out_is_a_post(client, bruno):
    client.force_login(User.objects.get(pk=bruno.user_id))
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_passwords_are_argon2id_with_the_right_parameters(settings):
    settings.PASSWORD_HASHERS = ["entregent.accounts.hashers.Argon2"]
    encoded = make_password(PASSWORD)
    assert encoded.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert identify_hasher(encoded).verify(PASSWORD, encoded)


def test_another_password_ends_the_other_sessions(bruno):
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, "bruno@lac.example", PASSWORD)
        assert client.get("/lac/parametres/profil/").status_code == 200
    new = "une-autre-phrase-longue"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), data).status_code == 302
    assert here.get("/lac/parametres/profil/").status_code == 200
    assert there.get("/lac/parametres/profil/").status_code == 302


def test_a_disabled_user_is_out_at_once(browse, bruno):
    client = browse(bruno)
    User.objects.filter(pk=bruno.user_id).update(is_active=False)
    assert client.get("/lac/parametres/profil/").status_code == 302
    answer = sign_in(client, "bruno@lac.example", PASSWORD)
    assert "désactivé" in client.get(answer["Location"]).content.decode()


def test_the_browser_s_language_does_not_count_but_the_choice_does(client, db):
    assert "Se connecter" in client.get(LOGIN, headers={"accept-language": "en"}).content.decode()
    answer = client.post("/langue/", {"language": "en", "next": LOGIN})
    assert answer["Location"] == LOGIN
    assert "Forgotten password?" in client.get(LOGIN).content.decode()
    assert client.post("/langue/", {"language": "xx", "next": "//evil.example/"})["Location"] == "/"


def test_the_language_chosen_when_signed_in_is_kept(browse, bruno):
    browse(bruno).post("/langue/", {"language": "en"})
    assert User.objects.get(pk=bruno.user_id).language == "en"


def test_a_sign_in_from_a_new_device_is_told(bruno, chloe):
    """Not the first one ever, nor one from a browser that they used before, whoever else did meanwhile."""
    known, other = Client(), Client(headers={"user-agent": "Firefox"})
    sign_in(known, "bruno@lac.example", PASSWORD)
    assert mail.outbox == []
    for email in ("chloe@lac.example", "bruno@lac.example"):
        known.post(reverse("account_logout"))
        sign_in(known, email, PASSWORD)
    assert mail.outbox == []
    sign_in(other, "bruno@lac.example", "wrong-password-here")
    assert mail.outbox == []
    sign_in(other, "bruno@lac.example", PASSWORD)
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["bruno@lac.example"], "Connexion depuis un nouvel appareil")
    ]
    assert "Firefox" in mail.outbox[0].body
    cookie = other.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_first_device_that_is_remembered_is_not_new(bruno):
    """Who signed in before browsers were remembered has none that could be known."""
    SecurityEvent.objects.create(user_id=bruno.user_id, kind=SecurityEvent.Kind.SIGNED_IN)
    sign_in(Client(), "bruno@lac.example", PASSWORD)
    assert mail.outbox == []
    sign_in(Client(), "bruno@lac.example", PASSWORD)
    assert len(mail.outbox) == 1


def test_a_forged_cookie_does_not_hide_a_new_device(bruno):
    sign_in(Client(), "bruno@lac.example", PASSWORD)
    client = Client()
    client.cookies["device"] = f"[{bruno.user_id}]"
    sign_in(client, "bruno@lac.example", PASSWORD)
    assert len(mail.outbox) == 1
