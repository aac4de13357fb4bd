"""What can't be answered says what happened, what was kept and what to do next."""

import logging
import re
import time

import psycopg.errors
import pytest
from allauth.account import app_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.urls import reverse
from tests.cast import PASSWORD
from tests.web.parties.test_saving import typed

from entregent.accounts.failures import Referenced
from entregent.web.errors import LIMIT_SECONDS

LOGIN = reverse("account_login")


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    """A browser that gets the page of an error, as outside tests."""
    return Client(raise_request_exception=False)


def text_of(response) -> str:
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def test_a_failure_has_a_reference_that_stands_in_the_log(visitor, db, monkeypatch, caplog):
    monkeypatch.setattr("entregent.web.sign_in.health.MigrationExecutor", lambda connection: 1 / 0)
    response = visitor.get("/readyz")
    reference = re.search(r"\b[0-9A-F]{8}\b", text_of(response)).group()
    assert response.status_code == 500
    record = next(record for record in caplog.records if record.exc_info)
    assert Referenced().filter(record)
    assert reference in record.reference


def test_other_lines_of_the_log_have_none():
    record = logging.makeLogRecord({})
    assert Referenced().filter(record)
    assert record.reference == ""


def test_a_full_disk_at_sign_in_is_one_clear_sentence(visitor, bruno, full_disk):
    response = visitor.post(LOGIN, {"login": "bruno@lac.example", "password": PASSWORD})
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Le serveur n’a plus de place" in text_of(response)
    assert "ce qui l’était déjà est conservé" in text_of(response)


def test_an_outdated_database_is_told_with_the_command_that_helps(visitor, db, monkeypatch):
    def missing(*_):
        raise OperationalError from psycopg.errors.UndefinedTable()

    monkeypatch.setattr("entregent.accounts.throttle.seconds_left", missing)
    response = visitor.post(LOGIN, {"login": "bruno@lac.example", "password": PASSWORD})
    assert response.status_code == 503
    assert "La base de données n’est pas à jour" in text_of(response)
    assert "entregent migrate" in text_of(response)


@pytest.fixture
def idle(browse, bruno) -> Client:
    """Bruno's browser, whose next page records his activity."""
    client = browse(bruno)
    session = client.session
    session["seen"] = session["began"] = int(time.time()) - 100
    session.save()
    client.raise_request_exception = False
    return client


def test_pages_can_be_read_while_the_disk_is_full(idle, full_disk):
    assert idle.get("/lac/").status_code == 200


def test_what_a_session_must_remember_is_never_lost_in_silence(idle, full_disk):
    session = idle.session
    session["other"] = 1
    with pytest.raises(DatabaseError):
        session.save()
    assert "other" not in Session.objects.get().get_decoded()


def test_a_change_on_a_full_disk_says_that_it_was_not_saved(idle, full_disk):
    response = idle.post("/lac/contacts/ajouter/", typed())
    assert response.status_code == 503
    assert "n’a été enregistré" in text_of(response)


def test_readyz_tells_of_a_full_disk(client, db, monkeypatch):
    monkeypatch.setattr("entregent.web.sign_in.health.is_disk_full", lambda folder: True)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"disk\n")


def test_too_many_requests_say_when_to_try_again(client, db):
    for _ in range(25):
        response = client.post(reverse("account_reset_password"), {"email": "nobody@lac.example"})
    assert (response.status_code, response["Retry-After"]) == (429, str(LIMIT_SECONDS))
    assert "dans une minute" in text_of(response)
    assert '<main id="main"' in response.content.decode()


def test_every_limit_that_ends_there_counts_a_minute():
    limits = [app_settings.RATE_LIMITS[name] for name in (
        "change_password", "manage_email", "reset_password", "reauthenticate", "reset_password_from_key", "login",
    )]  # fmt: skip
    assert all(rate.split("/")[1] == "m" for limit in limits for rate in limit.split(","))


def test_an_address_that_only_takes_forms_has_a_page(browse, bruno):
    response = browse(bruno).get(reverse("language"))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Cette adresse ne s’ouvre pas directement" in text_of(response)
