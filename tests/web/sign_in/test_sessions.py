"""Sessions end in time, and say so before."""

import time
from unittest.mock import patch

import pytest
from django.test import Client

from entregent.accounts.actor import Actor
from entregent.accounts.models import SecurityEvent
from entregent.accounts.sessions import time as clock

PAGE = "/lac/parametres/profil/"


@pytest.fixture
def later():
    """``later(600)``: the sessions' clock stands so many seconds ahead."""
    started = time.time()
    with patch.object(clock, "time") as now:
        now.return_value = started

        def later(seconds: float) -> None:
            now.return_value = started + seconds

        yield later


def alive(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_half_an_hour_without_a_sign_of_life_ends_it(browse, bruno: Actor, later):
    client = browse(bruno)
    assert alive(client)
    later(29 * 60)
    assert alive(client)
    later(58 * 60)
    assert alive(client)
    later(58 * 60 + 30 * 60 + 1)
    assert not alive(client)
    assert "_auth_user_id" not in client.session
    assert SecurityEvent.objects.get().kind == SecurityEvent.Kind.SESSION_OVER


def test_twelve_hours_end_it_whatever_one_does(browse, bruno: Actor, later):
    client = browse(bruno)
    for minutes in range(0, 12 * 60, 20):
        later(minutes * 60)
        assert alive(client)
    later(12 * 3600 + 1)
    assert not alive(client)


def test_asking_how_long_is_left_is_no_sign_of_life(browse, bruno: Actor, later):
    client = browse(bruno)
    assert alive(client)
    later(20 * 60)
    assert client.get("/connexion/session/").json() == {"left": 600}
    later(25 * 60)
    assert client.get("/connexion/session/").json() == {"left": 300}
    assert client.post("/connexion/session/").json() == {"left": 1800}
    later(54 * 60)
    assert alive(client)


def test_without_a_session_none_is_left(client: Client, db):
    assert client.get("/connexion/session/").json() == {"left": 0}


def test_a_form_sent_too_late_leads_back_to_its_page(browse, bruno: Actor, later):
    client = browse(bruno)
    assert alive(client)
    later(3600)
    answer = client.post("/lac/saisir/", {"last_name": "Roy"}, headers={"referer": f"http://testserver{PAGE}?a=1"})
    assert answer["Location"] == "/connexion/?next=/lac/parametres/profil/%3Fa%3D1"


def test_a_part_asked_too_late_leads_back_to_the_page_around_it(client: Client, lac):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"}
    answer = client.get("/lac/actions/tag/", headers=headers)
    assert answer["HX-Redirect"] == "/connexion/?next=/lac/parametres/profil/"


def test_a_referer_from_elsewhere_is_not_followed(client: Client, lac):
    answer = client.post(PAGE, headers={"referer": "https://evil.example/trap"})
    assert answer["Location"] == "/connexion/?next=/"
