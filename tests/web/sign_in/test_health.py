"""The service's pulse."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


def test_alive_without_a_database(client: Client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready(client: Client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client: Client):
    ((room, last),) = MigrationLoader(connection).graph.leaf_nodes("directory")
    MigrationRecorder(connection).record_unapplied(room, last)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations\n")


@pytest.mark.django_db
def test_not_ready_without_a_database(client: Client, monkeypatch):
    def refuse(*args):
        raise OperationalError

    monkeypatch.setattr("entregent.web.sign_in.health.MigrationExecutor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database\n")
