"""How a view's answer reaches a browser: whole, in part, as a dialog, or sent elsewhere."""

import pytest
from django.test import Client
from django.urls import reverse

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db
GOOD = {"name": "Fatou", "email": "fatou@rft.example", "language": "fr", "kind": "work"}


@pytest.fixture
def address() -> str:
    return reverse("shell:style_dialog")


def test_a_dialog_is_a_page_of_its_own_without_javascript(client: Client, address: str) -> None:
    answer = client.get(address)
    assert b"<!doctype html>" in answer.content
    assert b"HX-Request" in answer["Vary"].encode()


def test_htmx_gets_the_dialog_alone(client: Client, address: str) -> None:
    answer = client.get(address, headers={**HTMX, "HX-Target": "dialog"})
    assert b"<!doctype html>" not in answer.content
    assert b'id="dialog-title"' in answer.content


def test_the_browsers_back_gets_the_whole_page(client: Client, address: str) -> None:
    answer = client.get(address, headers={**HTMX, "HX-Boosted": "true", "HX-Target": "dialog"})
    assert b"<!doctype html>" in answer.content


def test_a_redirection_under_htmx_is_a_visit_of_the_whole_page(client: Client, address: str) -> None:
    assert client.post(address, GOOD)["Location"] == reverse("shell:style")
    answer = client.post(address, GOOD, headers=HTMX)
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == reverse("shell:style")


def test_a_refused_form_is_shown_again_with_what_was_typed(client: Client, address: str) -> None:
    answer = client.post(address, {"name": "Fatou <b>"})
    assert answer.status_code == 200
    assert b'value="Fatou &lt;b&gt;"' in answer.content
    assert b"data-bound" in answer.content
    assert b"<title>(3" in answer.content  # std D2


def test_a_message_is_said_once_with_its_way_back(client: Client, address: str) -> None:
    client.post(address, GOOD)
    first = client.get(reverse("shell:style")).content.decode()
    assert f'<form method="post" action="{reverse("shell:style")}"' in first
    assert "data-keep" in first
    assert "data-message data-keep" not in client.get(reverse("shell:style")).content.decode().split("<template")[0]


def test_a_message_travels_with_a_part(client: Client, address: str) -> None:
    client.post(address, GOOD)
    part = client.get(address, headers={**HTMX, "HX-Target": "dialog"}).content.decode()
    assert 'hx-swap-oob="beforeend"' in part
    assert "data-message" in part


@pytest.mark.parametrize(("path", "status"), [("/service/style/nulle-part/", 404)])
def test_errors_are_said_in_a_sentence(client: Client, path: str, status: int) -> None:
    answer = client.get(path, headers={"Accept-Language": "fr"})
    assert answer.status_code == status
    assert "<h1>Il n’y a rien ici</h1>" in answer.content.decode()
