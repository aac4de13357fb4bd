"""Every operation with its permission: called without a token, as a stranger, a reader and a permitted user."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from entregent.accounts.permissions import Can
from entregent.actions.fields import fields
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.api.app import api as ninja
from entregent.api.items import ITEM_NAMES
from entregent.journal.models import Entry

READ, WRITE = Can.READ_CONTACTS, Can.WRITE_CONTACTS
PERSON = {"last_name": "Roy", "first_name": "Zoé"}
DOORS = {
    "list_contacts": (READ, None),
    "add_contact": (WRITE, PERSON),
    "read_contact": (READ, None),
    "change_contact": (WRITE, {"first_name": "Anna"}),
    "delete_contact": (Can.DELETE_CONTACTS, None),
    "list_contact_entries": (Can.READ_JOURNAL, None),
    "list_organisations": (READ, None),
    "add_organisation": (Can.WRITE_ORGANISATIONS, {"name": "Hydrolac"}),
    "read_organisation": (READ, None),
    "change_organisation": (Can.WRITE_ORGANISATIONS, {"name": "Radio Rive"}),
    "delete_organisation": (Can.DELETE_ORGANISATIONS, None),
    "list_organisation_entries": (Can.READ_JOURNAL, None),
    "list_positions": (READ, None),
    "add_position": (WRITE, {"contact": "contact", "organisation": "organisation", "function": "Élue"}),
    "read_position": (READ, None),
    "change_position": (WRITE, {"function": "Maire"}),
    "delete_position": (WRITE, None),
    "list_lists": (READ, None),
    "add_list": (Can.WRITE_LISTS, {"name": "Radio", "category": "Médias"}),
    "read_list": (READ, None),
    "change_list": (Can.WRITE_LISTS, {"name": "Radio"}),
    "delete_list": (Can.WRITE_LISTS, None),
    "list_members": (READ, None),
    "add_members": (Can.WRITE_LISTS, {"contacts": ["contact"]}),
    "remove_members": (Can.WRITE_LISTS, {"contacts": ["contact"]}),
    "list_custom_fields": (READ, None),
    "add_custom_field": (Can.WRITE_FIELDS, {"kind": "contact", "label": "Taille", "type": "number"}),
    "read_custom_field": (READ, None),
    "change_custom_field": (Can.WRITE_FIELDS, {"label": "Hauteur"}),
    "retire_custom_field": (Can.WRITE_FIELDS, None),
    "list_entries": (Can.READ_JOURNAL, None),
    "read_entry": (Can.READ_JOURNAL, None),
    "list_actions": (None, None),
    "run_action": (Can.WRITE_TAGS, {"contacts": ["contact"], "data": {"names": "Eau"}}),
    "read_me": (None, None),
}
"""Operation → the permission it asks beside the use of the API, and a body that it takes."""
for code, one in ITEM_NAMES.items():
    write = Can.WRITE_ITEMS
    DOORS |= {
        f"list_{code}": (READ, None),
        f"add_{one}": (write, {"name": "Air"}),
        f"read_{one}": (READ, None),
        f"change_{one}": (write, {"name": "Rivières"}),
        f"delete_{one}": (write, None),
    }
SCHEMA = ninja.get_openapi_schema()
OPERATIONS = {
    details["operationId"]: (method.upper(), path.removeprefix("/api/v1/"), details)
    for path, methods in SCHEMA["paths"].items()
    for method, details in methods.items()
}
FOUND_BY_ID = [name for name, (_, path, _) in OPERATIONS.items() if "{id}" in path] + ["run_action"]


@pytest.fixture
def request_of(aicha, bruno):
    """Operation → (method, path, body) on records that exist in the account."""
    contact = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann"})
    organisation = parties.create(bruno, "o", {"name": "Radio Rivage"})
    place = positions.attach(bruno, contact, {"organisation": organisation.pk})
    ids = {
        "contacts": contact.pk,
        "organisations": organisation.pk,
        "positions": place.pk,
        "lists": lists.create(bruno, {"name": "Presse", "category": "Communication"}).pk,
        "custom-fields": fields.create(aicha, "p", label="Pointure").pk,
        "entries": Entry.objects.earliest("id").pk,
        **{code: items.create(bruno, code, {"name": "Eau"}).pk for code in ITEM_NAMES},
        "contact": contact.pk,
        "organisation": organisation.pk,
    }

    def make(name: str):
        method, path, _ = OPERATIONS[name]
        body = DOORS[name][1]
        if body:
            body = {key: [ids.get(word, word) for word in value] if isinstance(value, list)
                    else ids.get(value, value) if isinstance(value, str) and key != "kind" else value
                    for key, value in body.items()}  # fmt: skip
        return method, path.replace("{id}", str(ids.get(path.split("/")[0]))).replace("{code}", "tag"), body

    return make


def test_no_operation_is_unlisted():
    assert set(OPERATIONS) == set(DOORS)


@pytest.fixture
def trying(subtests: pytest.Subtests) -> Callable[[str], AbstractContextManager[None]]:
    """``with trying(operation)``: a test of its own, after which the account is as it was before."""

    @contextmanager
    def trying(name: str) -> Iterator[None]:
        with subtests.test(operation=name):
            cache.clear()
            with transaction.atomic():
                yield
                transaction.set_rollback(True)

    return trying


def test_without_a_token_it_is_401(request_of, trying):
    for name in DOORS:
        with trying(name):
            method, path, body = request_of(name)
            assert Client().generic(method, f"/api/v1/{path}", data="{}").status_code == 401


def test_a_stranger_finds_nothing(api, request_of, dimitri, trying):
    program = api(dimitri)
    for name in FOUND_BY_ID:
        with trying(name):
            assert program.send(*request_of(name)).status_code == 404


def test_a_reader_comes_as_far_as_the_table_says(api, request_of, reading, trying):
    program = api(reading)
    for name, (needs, _body) in DOORS.items():
        with trying(name):
            may = needs is None or needs in reading.permissions
            assert program.send(*request_of(name)).status_code == (200 if may else 403)


def test_who_may_is_served(api, request_of, aicha, trying):
    program = api(aicha)
    for name in DOORS:
        with trying(name):
            answer = program.send(*request_of(name))
            assert answer.status_code == int(min(OPERATIONS[name][2]["responses"])), answer.content


def test_every_post_may_be_sent_twice(api, request_of, aicha, trying):
    program = api(aicha)
    for name, (method, _path, _details) in OPERATIONS.items():
        if method == "POST":
            with trying(name):
                request = request_of(name)
                program.send(*request, Idempotency_Key="k")
                assert program.send(*request, Idempotency_Key="k")["Idempotent-Replayed"] == "true"


def test_every_answer_is_declared(subtests):
    for name, (_method, _path, details) in OPERATIONS.items():
        with subtests.test(operation=name):
            assert {401, 403, 404, 422, 429} <= {int(status) for status in details["responses"]}


def test_the_description_and_its_page_are_public_and_need_no_script(db):
    assert Client().get("/api/v1/openapi.json").json()["info"]["title"] == "Entregent"
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    for name, (_, path, _) in OPERATIONS.items():
        assert f'id="{name}"' in text
        assert f"/api/v1/{path}" in text
    assert "style=" not in text
    assert "'unsafe" not in page["Content-Security-Policy"]
