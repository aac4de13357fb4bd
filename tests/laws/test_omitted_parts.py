"""What a body omits inside a nested object is never taken for a wish: it stays as it is (E2, B3)."""

from collections.abc import Iterator
from typing import Any

import pytest

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.actions.fields import fields
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.visibility.visibility import prefer
from entregent.directory.models import Party

from .asking import described, program_of

EMAIL = {"value": "accueil@lac.example", "label": "Accueil", "shared": True}
SITE = {"value": "https://lac.example", "label": "Vitrine"}
PHONE = {"value": "01 99 00 12 34", "label": "Accueil"}
PLACE = {"street": "4 rue du Lac", "postal_code": "1204", "city": "Genève", "province": "GE", "country": "CH"}
ADDRESS = {"label": "Siège", **PLACE}
HELD: dict[str, Any] = {
    "emails": [EMAIL], "phones": [PHONE], "websites": [SITE], "addresses": [ADDRESS], "address": PLACE,
}  # fmt: skip
NAMED_BY = {
    "WayIn": ("value",),
    "EmailWayIn": ("value",),
    "LabelledAddressIn": ("street", "postal_code", "city"),
    "ChoiceIn": ("code", "label"),
}
"""Schema of a list's items → the parts that say which item is meant."""
NO_WISH = {
    "main": "the first of a list is the main one, whatever its parts",
    "service": "read-only",
    "organisations.emails.shared": "an organisation's address is nobody's alone, so it has no such mark",
}


def nested() -> Iterator[tuple[str, str, bool, str, list[str]]]:
    """Each nested object that a PATCH takes: schema of the body, property, whether a list, its schema, its parts."""
    schemas = described()["components"]["schemas"]
    for path, operations in described()["paths"].items():
        if "patch" not in operations:
            continue
        body = operations["patch"]["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for name, value in schemas[body]["properties"].items():
            found = str(value)
            if "#/components/schemas/" not in found:
                continue
            inner = found.partition("#/components/schemas/")[2].partition("'")[0]
            yield path, name, "'array'" in found, inner, list(schemas[inner]["properties"])


def parts() -> list[tuple[str, str, str]]:
    """Each part of a nested object that may be omitted."""
    found = []
    for path, name, _listed, schema, names in nested():
        room = path.removeprefix("/api/v1/").partition("/")[0]
        left = [part for part in names if part not in NAMED_BY.get(schema, ()) and part not in NO_WISH]
        found += [(room, name, part) for part in left if f"{room}.{name}.{part}" not in NO_WISH]
    return found


PARTS = parts()


def test_the_walk_finds_them():
    assert {name for _room, name, _part in PARTS} >= {"visibility", "address", "emails", "addresses", "choices"}
    assert set(NAMED_BY) <= {schema for _path, _name, _listed, schema, _parts in nested()}


@pytest.fixture
def presse(aicha: Actor) -> Team:
    return Team.objects.create(account=aicha.account, name="Presse")


def held_by(room: str, name: str, by: Actor, team: Team, other: int) -> tuple[str, Any]:
    """Make something with every part of ``name`` set to what no schema assumes; return its address and the value."""
    if room == "custom-fields":
        choices = [{"label": "Or"}, {"label": "Bronze", "retired": True}]
        field = fields.create(by, "p", label="Formule", type="choice", choices=choices)
        return f"custom-fields/{field.pk}", field.choices
    held = HELD | {"visibility": {"mode": "shared", "teams": [team.pk], "users": [other]}}
    if name == "address":
        del held["addresses"]
    else:
        del held["address"]
    kind = {"contacts": "p", "organisations": "o"}[room]
    names = {"last_name": "Roy", "first_name": "Ann"} if kind == "p" else {"name": "Radio Rivage"}
    return f"{room}/{parties.create(by, kind, {**names, **held}).pk}", held[name]


@pytest.mark.parametrize(("room", "name", "part"), PARTS)
def test_what_is_omitted_stays(room: str, name: str, part: str, aicha: Actor, bruno: Actor, presse: Team):
    address, held = held_by(room, name, aicha, presse, bruno.user_id)
    without = [{**item} for item in held] if isinstance(held, list) else [{**held}]
    for item in without:
        item.pop(part, None)
    client = program_of(aicha)
    body = {name: without if isinstance(held, list) else without[0]}
    answer = client.patch(f"/api/v1/{address}", body, content_type="application/json")
    assert answer.status_code == 200, answer.json()
    kept = answer.json()[name]
    if isinstance(held, list):
        assert [one.get(part) for one in kept] == [one.get(part) for one in held]
    else:
        assert kept[part] == held[part]


BY_HALF = [{}, {"users": "bruno"}, {"teams": "presse"}]


@pytest.mark.parametrize("kind", ["contacts", "organisations"])
@pytest.mark.parametrize("given", BY_HALF)
@pytest.mark.parametrize("added", [True, False])
def test_no_half_said_visibility_publishes(kind, given, added, aicha: Actor, bruno: Actor, presse: Team):
    named = {"users": {"users": [bruno.user_id]}, "teams": {"teams": [presse.pk]}}
    visibility = next((named[name] for name in given), {})
    names = {"last_name": "Roy", "first_name": "Ann"} if kind == "contacts" else {"name": "Radio Rivage"}
    client = program_of(aicha)
    if added:
        prefer(aicha, {"mode": "creator"})
        assert Membership.objects.get(pk=aicha.membership_id).default_visibility
        answer = client.post(f"/api/v1/{kind}", names | {"visibility": visibility}, content_type="application/json")
    else:
        party = parties.create(
            aicha, "p" if kind == "contacts" else "o", {**names, "visibility": {"mode": "creator"}}
        )
        answer = client.patch(
            f"/api/v1/{kind}/{party.pk}", {"visibility": visibility}, content_type="application/json"
        )
    if given:
        assert answer.status_code == 422
        assert "mode" in answer.json()["errors"][0]["message"]
        assert set(Party.objects.values_list("visibility", flat=True)) <= {"creator"}
        return
    assert answer.status_code in (200, 201), answer.json()
    assert answer.json()["visibility"] == {"mode": "creator", "teams": [], "users": []}


@pytest.mark.parametrize("mode", ["creator", "everyone"])
@pytest.mark.parametrize("held", ["creator", "shared"])
def test_only_shared_records_have_teams_and_users(mode, held, aicha: Actor, bruno: Actor, presse: Team):
    users = [bruno.user_id]
    seen = {"mode": held, "users": users} if held == "shared" else {"mode": held}
    party = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "visibility": seen})
    client, address = program_of(aicha), f"/api/v1/contacts/{party.pk}"
    for named in ({"users": users}, {"teams": [presse.pk]}):
        body = {"visibility": {"mode": mode, **named}}
        assert client.patch(address, body, content_type="application/json").status_code == 422, named
    answer = client.patch(address, {"visibility": {"mode": mode}}, content_type="application/json")
    assert answer.json()["visibility"] == {"mode": mode, "teams": [], "users": []}


@pytest.mark.parametrize("visibility", [None, {"mode": None}, {"mode": "shared", "teams": None}, []])
def test_null_is_no_visibility(visibility, aicha: Actor):
    party = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "visibility": {"mode": "creator"}})
    answer = program_of(aicha).patch(
        f"/api/v1/contacts/{party.pk}", {"visibility": visibility}, content_type="application/json"
    )
    assert answer.status_code == 422
    party.refresh_from_db()
    assert party.visibility == "creator"


def test_a_mode_that_is_said_takes_nothing_from_ones_preference(aicha: Actor, bruno: Actor, presse: Team):
    prefer(aicha, {"mode": "shared", "teams": [presse.pk]})
    body = {"last_name": "Roy", "first_name": "Ann", "visibility": {"mode": "shared", "users": [bruno.user_id]}}
    answer = program_of(aicha).post("/api/v1/contacts", body, content_type="application/json")
    assert answer.json()["visibility"] == {"mode": "shared", "teams": [], "users": [bruno.user_id]}


def test_a_lists_reach_and_teams_stay_if_one_of_them_is_said(aicha: Actor, presse: Team):
    made = lists.create(aicha, {"name": "Vœux", "category": "Envois", "reach": "teams", "teams": [presse.pk]})
    client = program_of(aicha)
    for body in ({"reach": "teams"}, {"teams": [presse.pk]}):
        answer = client.patch(f"/api/v1/lists/{made.pk}", body, content_type="application/json")
        assert (answer.json()["reach"], answer.json()["teams"]) == ("teams", [presse.pk])
    for teams in ([], [10**9]):  # nobody, or nobody's team: it was an error, or a list that nobody saw
        answer = client.patch(f"/api/v1/lists/{made.pk}", {"teams": teams}, content_type="application/json")
        assert answer.status_code == 422
