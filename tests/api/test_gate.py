"""Authentication, rate limit, and repeated POST requests."""

import pytest
from django.core.cache import cache
from django.test import Client

from entregent.accounts.models import Membership, Token
from entregent.actions.parties import parties
from entregent.api import gate
from entregent.api.models import Answer
from entregent.directory.models import Party

ANN = {"last_name": "Roy", "first_name": "Ann"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer ent_wrong"}, {"Authorization": "Basic YTpi"}])
def test_without_a_valid_token_nothing_opens(db, headers):
    answer = Client().get("/api/v1/contacts", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_session_is_no_token(browse, bruno):
    assert browse(bruno).get("/api/v1/contacts").status_code == 401


def test_a_token_ends_with_its_user_s_place(api, bruno):
    program = api(bruno)
    Membership.objects.filter(pk=bruno.membership_id).update(active=False)
    assert program.get("me").status_code == 401


def test_a_reader_s_role_has_no_api(api, chloe):
    assert api(chloe).get("me").status_code == 401


def test_a_token_says_when_it_was_used(api, bruno):
    api(bruno).get("me")
    assert Token.objects.get().last_used_at


def test_too_many_requests_wait(api, bruno, aicha, monkeypatch):
    cache.clear()
    monkeypatch.setattr(gate, "REQUESTS_PER_MINUTE", 2)
    program = api(bruno)
    statuses = [program.get("me").status_code for _ in range(6)]  # a minute may end in between
    assert 429 in statuses
    assert statuses[0] == 200
    refused = next(answer for _ in range(4) if (answer := program.get("me")).status_code == 429)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert api(aicha).get("me").status_code == 200


def test_a_post_sent_again_is_done_once(api, bruno):
    program = api(bruno)
    first = program.post("contacts", ANN, Idempotency_Key="k1")
    again = program.post("contacts", ANN, Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert Party.objects.count() == 1
    program.post("contacts", ANN, Idempotency_Key="k2")
    assert Party.objects.count() == 2


def test_a_key_used_for_another_request_is_refused(api, bruno):
    program = api(bruno)
    program.post("contacts", ANN, Idempotency_Key="k1")
    assert program.post("contacts", ANN | {"first_name": "Eve"}, Idempotency_Key="k1").status_code == 422
    assert program.post("contacts", ANN, Idempotency_Key="k" * 256).status_code == 422
    assert Party.objects.count() == 1


def test_a_key_is_the_sender_s_own(api, bruno, aicha):
    api(bruno).post("contacts", ANN, Idempotency_Key="k1")
    assert "Idempotent-Replayed" not in api(aicha).post("contacts", ANN, Idempotency_Key="k1")
    assert Party.objects.count() == 2


def test_a_refused_post_may_be_mended_under_the_same_key(api, bruno):
    program = api(bruno)
    assert program.post("contacts", ANN | {"email": "no"}, Idempotency_Key="k1").status_code == 422
    assert not Answer.objects.exists()
    assert program.post("contacts", ANN, Idempotency_Key="k1").status_code == 201


def test_actions_and_places_are_done_once_too(api, bruno):
    ann, radio = parties.create(bruno, "p", ANN), parties.create(bruno, "o", {"name": "Radio"})
    program = api(bruno)
    for _ in range(2):
        place = program.post("positions", {"contact": ann.pk, "organisation": radio.pk}, Idempotency_Key="a")
        done = program.post("actions/deactivate", {"contacts": [ann.pk]}, Idempotency_Key="b")
        assert (place.status_code, done.json()["contacts"]) == (201, [ann.pk])
    assert ann.positions.count() == 1


def test_texts_are_in_the_user_s_language(api, bruno, aicha):
    bruno_user = Membership.objects.select_related("user").get(pk=bruno.membership_id).user
    bruno_user.language = "en"
    bruno_user.save()
    assert api(bruno).get("contacts/99").json()["detail"] != api(aicha).get("contacts/99").json()["detail"]
