"""Law: each error of the API is application/problem+json, whatever goes wrong and wherever (RFC 9457)."""

import json
from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from entregent.accounts.models import Membership, Token
from entregent.api import gate, parties, problems
from entregent.web import uploads

Asking = Callable[..., HttpResponse]


@pytest.fixture
def ask(aicha) -> Asking:
    """``ask("GET", "contacts")``: the answer to a program of hers, as outside tests."""
    cache.clear()
    token, secret = Token.draft(
        account=aicha.account, membership=Membership.objects.get(pk=aicha.membership_id), name="test"
    )
    token.save()
    client = Client(raise_request_exception=False)

    def ask(method: str, path: str, data: bytes = b"", **headers: str) -> HttpResponse:
        headers = {"Authorization": f"Bearer {secret}"} | headers
        return client.generic(method, f"/api/v1/{path}", data, "application/json", headers=headers)

    return ask


ERRORS = [
    ("GET", "nowhere", b"", 404),
    ("GET", "", b"", 404),
    ("GET", "contacts/", b"", 404),
    ("GET", "contacts/999", b"", 404),
    ("GET", "contacts/x", b"", 422),
    ("GET", f"contacts/{10**30}", b"", 422),
    ("PUT", "contacts", b"{}", 405),
    ("OPTIONS", "contacts", b"", 405),
    ("TRACE", "contacts", b"", 405),
    ("POST", "docs", b"", 405),
    ("POST", "contacts", b"", 422),
    ("POST", "contacts", b"{", 422),
    ("POST", "contacts", b"[1]", 422),
    ("POST", "contacts", b"\xff", 422),
    ("POST", "contacts", b"[" * 100_000, 422),
    ("POST", "contacts", b'{"last_name": NaN}', 422),
    ("POST", "contacts", b" " * 3_000_000, 413),
]


def check(answer: HttpResponse, status: int) -> dict:
    """Check that it is a problem with a sentence, and return it."""
    told = json.loads(answer.content)
    assert answer.headers.get("Content-Length", str(len(answer.content))) == str(len(answer.content))
    assert (answer.status_code, answer["Content-Type"], told["status"]) == (status, problems.PROBLEM_TYPE, status)
    assert told["title"]
    assert told["detail"]
    return told


def test_what_a_program_gets_wrong_is_a_problem(ask, subtests):
    for method, path, data, status in ERRORS:
        with subtests.test(method=method, path=path, data=data[:20]):
            answer = ask(method, path, data)
            check(answer, status)
            assert status != 405 or answer["Allow"]


def test_bad_json_is_named_as_such(ask):
    assert check(ask("POST", "contacts", b"{"), 422)["errors"] == [
        {"field": "body", "code": "not_json", "message": "Le corps de la requête n’est pas du JSON."}
    ]


def test_a_body_that_is_never_read_is_a_problem_too(ask, monkeypatch):
    monkeypatch.setattr(uploads.settings, "UPLOAD_MAX_BYTES", 10)
    check(ask("POST", "contacts", b" " * 20), 413)


def test_a_failure_has_a_reference(ask, monkeypatch):
    monkeypatch.setattr(parties, "page", lambda *_: 1 / 0)
    assert len(check(ask("GET", "contacts"), 500)["reference"]) == 8


def test_a_full_disk_is_a_problem_that_says_when_to_try_again(ask, full_disk):
    assert ask("GET", "contacts").status_code == 200
    answer = ask("POST", "contacts", b'{"last_name": "Roy", "first_name": "Ann"}')
    assert check(answer, 503)["detail"].startswith("Le serveur n’a plus de place.")
    assert answer["Retry-After"]


def test_too_many_requests_are_a_problem(ask, monkeypatch):
    monkeypatch.setattr(gate, "REQUESTS_PER_MINUTE", 0)
    ask("GET", "me")
    answer = ask("GET", "me")
    check(answer, 429)
    assert int(answer["Retry-After"]) <= 60


def test_a_foreign_host_is_a_problem(ask):
    check(ask("GET", "contacts", Host="evil"), 400)


@pytest.mark.parametrize("status", [status for status in HTTPStatus if 400 <= status < 600])
def test_every_status_comes_with_a_sentence(status, rf):
    request = rf.get("/api/v1/contacts")
    answer = problems.ProblemMiddleware(lambda _: HttpResponse("<h1>no</h1>", status=status))(request)
    assert check(answer, status)["detail"]
