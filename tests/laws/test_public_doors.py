"""Nothing that an account knows of a contact is public: in pages, files, errors or the API (C6, A57).

Checked for every URL and every operation of the API, as nobody and as a stranger.
"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.directory.models import Party

from .asking import described
from .conftest import Url, program_of, undone
from .doors import addresses

pytestmark = pytest.mark.alike  # who may read what no database decides

SECRETS = {
    "invisible": "Zorglub-7781",
    "visible": "Bulgroz-4452",
    "editable": "Gloubi-9913",
    "sensitive": "Arachide-3327",
}
NOTES = "Confidence-6604"
GUESSED = (
    "/m/lac/",
    "/f/lac/adhesion/",
    "/p/jeton/",
    "/dav/",
    "/.well-known/carddav",
    "/static/",
    "/rien/",
    "/lac/rien/",
)
"""Addresses that the papers keep for public doors to come, and some that are none."""


@pytest.fixture
def secret(aicha: Actor, samples: dict[str, object]) -> int:
    """A contact whose fields of each kind are filled; the id."""
    for towards in ("invisible", "visible", "editable"):
        fields.create(aicha, "p", label=f"Champ {towards}", towards=towards, searchable=True)
    approved = {"sensitive": True, "approved_by": "Ana Costa"}
    fields.create(aicha, "p", label="Champ sensitive", towards="editable", **approved)
    values = {f"champ_{name}": value for name, value in SECRETS.items()}
    party = Party.objects.get(pk=samples["contacts:pk"])
    parties.update(aicha, party, {"custom": values, "notes": NOTES})
    return party.pk


def told(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return body.decode("utf-8", "replace") + str(dict(response.headers))


def leaks(clients: list[Client], paths: Iterator[str] | list[str]) -> dict[str, list[str]]:
    """Address → the secrets that its answers hold."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for client in clients:
            for ask in (client.get, client.post):
                with undone():
                    text = told(ask(path))
                held = [value for value in (*SECRETS.values(), NOTES) if value in text]
                if held:
                    found[path] = held
    return found


def test_the_record_itself_holds_what_is_looked_for(secret: int, browse, aicha: Actor, bruno: Actor):
    """The law can fail: a member finds the secrets where they are."""
    own = told(browse(aicha).get(f"/lac/contacts/{secret}/"))
    assert all(value in own for value in (*SECRETS.values(), NOTES))
    assert SECRETS["sensitive"] not in told(browse(bruno).get(f"/lac/contacts/{secret}/"))


def test_no_address_tells_a_stranger(secret: int, samples: dict[str, object], url: Url, browse, dimitri: Actor):
    samples.setdefault("pk", secret)
    paths = [url(address) for address in addresses()]
    assert leaks([Client(), browse(dimitri)], [*paths, *GUESSED]) == {}


def test_no_operation_of_the_api_tells_a_stranger(secret: int, samples: dict[str, object], dimitri: Actor):
    paths = [
        path.replace("{id}", str(samples.get(f"{path.split('/')[3]}:pk", secret))).replace("{code}", "tag")
        for path in described()["paths"]
    ]
    pages = ["/api/v1/openapi.json", "/api/v1/docs"]
    asked = [f"/api/v1/contacts?{query}" for query in ("q=zorglub", "custom.champ_invisible=zorglub")]
    with inside(dimitri.account):
        program = program_of(dimitri)
    assert leaks([Client(), program], [*paths, *pages, *asked]) == {}


def test_as_the_contact_sees_it(secret: int, browse, aicha: Actor):
    page = told(browse(aicha).get(f"/lac/contacts/{secret}/vue-du-contact/"))
    assert SECRETS["visible"] in page
    assert SECRETS["editable"] in page
    assert SECRETS["invisible"] not in page
    assert NOTES not in page
