"""No answer but a static file is stored by a browser or a proxy: pages, files, JSON, errors, redirects (std E25)."""

import pytest
from django.http import HttpResponse
from django.test import Client

from entregent.accounts.actor import Actor
from entregent.accounts.models import User

from .asking import described, program_of, undone
from .conftest import Url
from .doors import DOORS, addresses

pytestmark = pytest.mark.alike  # a header is no database's
ERRORS = [
    "/lac/rien/", "/lac/contacts/999999/", "/lac/contacts/?cursor=x", "/rien/", "/nulle-part/rien/", "/api/rien",
    "/api/v1/rien", "/api/v1/contacts/999999", "/api/v1/contacts?limit=x", "/api/v1/openapi.json", "/lac", "//",
]  # fmt: skip


def stored(response: HttpResponse) -> bool:
    """Whether a cache may store the answer, or its browser show it again after the end of the session."""
    return not {"no-store", "private"} <= set(response.get("Cache-Control", "").replace(",", " ").split())


def those_stored(clients: list[Client], paths: list[str], *methods: str) -> list[str]:
    found = []
    for path in paths:
        for client in clients:
            for ask in (getattr(client, method) for method in methods):
                with undone():
                    answer = ask(path)
                found += [f"{answer.status_code} {path}"] if stored(answer) else []
    return found


def test_no_page_is(samples: dict[str, object], url: Url, browse, aicha: Actor, dimitri: Actor):
    asked = addresses()
    samples.setdefault("pk", samples["contacts:pk"])
    assert {address.name for address in asked} >= set(DOORS)
    paths = [url(address) for address in asked if address.name != "account_logout"]
    clients = [browse(aicha), browse(dimitri), Client()]
    assert those_stored(clients, [*paths, *ERRORS, "/connexion/fin/"], "get") == []
    assert those_stored(clients[:1], paths, "post") == []
    assert those_stored(clients, ERRORS, "put") == []


def test_no_answer_of_the_api_is(samples: dict[str, object], aicha: Actor):
    paths = [
        path.replace("{id}", str(samples["contacts:pk"])).replace("{code}", "tag") for path in described()["paths"]
    ]
    program = program_of(aicha)
    assert those_stored([program], [*paths, *ERRORS], "get") == []
    assert those_stored([program, Client()], [*paths[::5], *ERRORS], "post") == []


def test_no_refusal_is(browse, aicha: Actor, settings):
    """Of what no view ever sees: a forged form, a file too large, a stranger's host."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=aicha.user_id))
    answers = [strict.post("/connexion/mot-de-passe/"), strict.post("/lac/contacts/ajouter/")]
    settings.UPLOAD_MAX_BYTES = 1
    answers.append(browse(aicha).post("/lac/import/", "x" * 10, content_type="text/csv"))
    settings.ALLOWED_HOSTS = ["lac.example"]
    answers.append(Client().get("/connexion/", headers={"host": "evil.example"}))
    assert [answer.status_code for answer in answers[:2]] == [403, 403]
    assert [answer.status_code for answer in answers if stored(answer)] == []
