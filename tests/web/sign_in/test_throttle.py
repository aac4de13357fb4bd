"""Wrong passwords make one wait, longer each time; who types the right one in time or from elsewhere comes in."""

from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.cast import PASSWORD

from entregent.accounts import throttle
from entregent.accounts.actor import Actor

LOGIN = reverse("account_login")
ELSEWHERE = "198.51.100.7"


@pytest.fixture(autouse=True)
def clock():
    """``clock.return_value += 60``: a minute goes by, for the waits; each test begins with none."""
    cache.clear()
    with patch.object(throttle.time, "time", return_value=throttle.time.time()) as clock:
        yield clock


def sign_in(email: str, password: str, ip: str = "203.0.113.9"):
    return Client().post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=ip)


def fail(email: str, times: int = 1) -> str:
    """Type a wrong password so many times; the last answer."""
    for _ in range(times):
        answer = sign_in(email, "a-guess-of-a-password").content.decode()
    return answer


def test_five_are_free_and_the_sixth_waits_a_minute(bruno: Actor, clock):
    assert "ne vont pas ensemble" in fail("bruno@lac.example", 5)
    assert "Réessayez dans 1\u00a0minute" in fail("Bruno@Lac.example ")
    assert sign_in("bruno@lac.example", PASSWORD).status_code == 200
    clock.return_value += 61
    assert sign_in("bruno@lac.example", PASSWORD).status_code == 302


def test_waits_double_up_to_half_an_hour(clock):
    waits = []
    for _ in range(12):
        throttle.count_failure("here eve")
        waits.append(throttle.seconds_left("here eve"))
        clock.return_value += waits[-1]
        assert throttle.seconds_left("here eve") == 0
    assert waits == [0, 0, 0, 0, 60, 120, 240, 480, 960, 1800, 1800, 1800]


def test_a_try_that_had_to_wait_makes_nobody_wait_longer(bruno: Actor, clock):
    fail("bruno@lac.example", 5)
    clock.return_value += 40
    fail("bruno@lac.example", 3)
    clock.return_value += 21
    assert sign_in("bruno@lac.example", PASSWORD).status_code == 302


def test_the_owner_elsewhere_does_not_wait(bruno: Actor):
    fail("bruno@lac.example", 6)
    assert sign_in("bruno@lac.example", PASSWORD, ELSEWHERE).status_code == 302


def test_waiting_does_not_tell_who_is_a_user(bruno: Actor):
    for email in ("bruno@lac.example", "nobody@lac.example"):
        cache.clear()
        assert "Réessayez dans 1\u00a0minute" in fail(email, 6)


def test_the_right_password_starts_anew(bruno: Actor):
    fail("bruno@lac.example", 4)
    assert sign_in("bruno@lac.example", PASSWORD).status_code == 302
    assert "ne vont pas ensemble" in fail("bruno@lac.example", 4)


def test_one_place_that_tries_many_addresses_waits_too(bruno: Actor):
    for number in range(10):
        fail(f"user{number}@lac.example")
    assert "Attendez cinq minutes" in fail("bruno@lac.example")


def test_behind_our_proxy_places_are_told_apart_by_the_word_it_adds(bruno: Actor, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = {"login": "bruno@lac.example", "password": "a-guess-of-a-password"}
    for number in range(6):
        Client().post(LOGIN, forged, headers={"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.9"})
    right = {**forged, "password": PASSWORD}
    assert Client().post(LOGIN, right, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200
    assert Client().post(LOGIN, right, headers={"X-Forwarded-For": ELSEWHERE}).status_code == 302
