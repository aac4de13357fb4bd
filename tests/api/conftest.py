"""API clients of the cast: ``api(aicha).get("contacts")``, each with its own token."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Account, Membership, Role, Token, User
from entregent.accounts.permissions import Can
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Party


class Program:
    """A client that sends JSON with a token."""

    def __init__(self, secret: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {secret}"}

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            data=b"" if body is None else body if isinstance(body, bytes) else _json(body),
            content_type="application/json",
            headers=self.headers | named,
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.send("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.send("DELETE", path, **headers)


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()


@pytest.fixture(autouse=True)
def _no_one_has_sent_anything_yet() -> None:
    """The count of requests outlives a test, and users of the next one have the same ids."""
    cache.clear()


@pytest.fixture
def api() -> Callable[[Actor], Program]:
    """``api(bruno)``: his program."""

    def program(actor: Actor) -> Program:
        with inside(actor.account):
            membership = Membership.objects.get(pk=actor.membership_id)
            token, secret = Token.draft(account=actor.account, membership=membership, name="test")
            token.save()
        return Program(secret)

    return program


@pytest.fixture
def reading(lac: Account, chloe: Actor) -> Actor:
    """Chloé, with a role that reads and may use the API."""
    role = Role.objects.create(
        account=lac, name="Lecture par programme", permissions=[Can.READ_CONTACTS, Can.READ_JOURNAL, Can.USE_API]
    )
    Membership.objects.filter(pk=chloe.membership_id).update(role=role)
    return actor_in(lac.slug, User.objects.get(pk=chloe.user_id).pk)


@pytest.fixture
def ann(bruno: Actor) -> Party:
    """A contact that Bruno added."""
    return parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann"})


@pytest.fixture
def radio(bruno: Actor) -> Party:
    """An organisation that Bruno added."""
    return parties.create(bruno, "o", {"name": "Radio Rivage"})
