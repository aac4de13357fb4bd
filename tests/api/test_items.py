"""The reference lists in the API: read, create, rename, replace; refusals."""

import pytest

from entregent.accounts.scope import inside
from entregent.actions.items import items
from entregent.actions.parties import parties
from entregent.directory.items.register import LISTS


@pytest.mark.parametrize("code", LISTS)
def test_an_item_is_made_read_renamed_and_deleted(api, bruno, code):
    program = api(bruno)
    made = program.post(code, {"name": "Élus"})
    assert (made.status_code, made["Location"]) == (201, f"/api/v1/{code}/{made.json()['id']}")
    path = f"{code}/{made.json()['id']}"
    assert program.get(path).json() == made.json()
    assert {"name": "Élus", "service": False, "hidden": False, "used": 0}.items() <= made.json().items()
    assert program.patch(path, {"name": "Élues"}).json()["name"] == "Élues"
    assert [item["name"] for item in program.get(f"{code}?q=elu").json()["items"]] == ["Élues"]
    assert program.post(code, {"name": "ELUES"}).json()["errors"][0]["code"] == "item_taken"
    assert program.patch(path, {"name": "Élues", "rank": 3}).status_code == 422
    assert program.delete(path).status_code == 204
    assert program.get(path).status_code == 404


def test_a_status_has_a_colour_and_may_be_the_default(api, bruno):
    program = api(bruno)
    made = program.post("statuses", {"name": "Prospect", "colour": "blue", "default": True}).json()
    assert (made["colour"], made["default"]) == ("blue", True)
    changed = program.patch(f"statuses/{made['id']}", {"colour": "green"}).json()
    assert (changed["name"], changed["colour"], changed["default"]) == ("Prospect", "green", True)
    assert program.post("statuses", {"name": "X", "colour": "pink"}).json()["errors"][0]["code"] == "colour"


def test_an_item_in_use_goes_only_with_what_replaces_it(api, bruno):
    ann = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "tags": ["Eau"]})
    program = api(bruno)
    (tag,) = program.get("tags").json()["items"]
    assert tag["used"] == 1
    refused = program.delete(f"tags/{tag['id']}")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "item_used"
    assert "Ann Roy" in refused.json()["errors"][0]["message"]
    assert program.delete(f"tags/{tag['id']}?replace_by=999999").json()["errors"][0]["field"] == "replace_by"
    other = program.post("tags", {"name": "Rivières"}).json()
    assert program.delete(f"tags/{tag['id']}?replace_by={other['id']}").status_code == 204
    assert program.get(f"contacts/{ann.pk}").json()["tags"] == ["Rivières"]


@pytest.mark.parametrize("code", LISTS)
def test_an_item_of_the_service_is_refused_with_its_sentence(sonia, api, bruno, code):
    with inside(sonia.account):
        theirs = items.create(sonia, code, {"name": "Préfet"})
    program = api(bruno)
    listed = {item["id"]: item["service"] for item in program.get(code).json()["items"]}
    assert listed[theirs.pk] is True
    for answer in (program.patch(f"{code}/{theirs.pk}", {"name": "X"}), program.delete(f"{code}/{theirs.pk}")):
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["code"] == "service_item"
        assert "mis à jour par le service" in error["message"]
