"""`/organisations`: list, add, change and delete organisations."""

import pytest

from entregent.actions.parties import parties
from entregent.directory.models import Party

FIELDS = {
    "id", "name", "family", "status", "email", "phone", "website", "siren", "siret", "neq", "vat_number", "address",
    "tags", "code", "notes", "emails", "phones", "websites", "addresses", "mail_refused", "assigned_to",
    "active", "custom", "visibility", "created_at", "updated_at", "version", "service",
}  # fmt: skip


@pytest.fixture
def radio(aicha):
    return parties.create(aicha, "o", {"name": "Radio Rivage"})


def test_an_organisation_is_added_changed_and_deleted(api, bruno):
    program = api(bruno)
    given = {"name": "Hydrolac", "siren": "000 000 018", "vat_number": "FR66000000018", "tags": ["Fournisseur"]}
    added = program.post("organisations", given)
    assert added.status_code == 201, added.content
    assert set(added.json()) == FIELDS | {"warnings"}
    assert (added.json()["siren"], added.json()["vat_number"]) == ("000000018", "FR66000000018")
    path = f"organisations/{added.json()['id']}"
    assert program.patch(path, {"name": "Hydrolac & fils", "version": 1}).json()["version"] == 2
    assert program.patch(path, {"name": "Autre", "version": 1}).status_code == 409
    assert program.delete(path).status_code == 204
    assert Party.objects.get(name="Hydrolac & fils").in_bin


def test_a_wrong_identifier_is_refused(api, bruno):
    answer = api(bruno).post("organisations", {"name": "Hydrolac", "siren": "000000019", "vat_number": "FR1"})
    assert {error["field"] for error in answer.json()["errors"]} == {"siren", "vat_number"}


def test_they_are_listed_apart_from_people(api, bruno, radio):
    parties.create(bruno, "p", {"last_name": "Rivage", "first_name": "Ann"})
    assert [item["name"] for item in api(bruno).get("organisations?q=rivage").json()["items"]] == ["Radio Rivage"]
    assert api(bruno).get("organisations?function=x").status_code == 422


def test_a_contact_is_no_organisation(api, bruno, radio):
    assert api(bruno).get(f"contacts/{radio.pk}").status_code == 404


def test_its_journal_tells_of_its_people(api, bruno, radio):
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "organisation": radio.pk})
    items = api(bruno).get(f"organisations/{radio.pk}/entries").json()["items"]
    assert [item["about"][0]["name"] for item in items] == ["Ann Roy", "Radio Rivage"]
    assert items[0]["sentence"] == "Bruno Lefèvre a ajouté Ann Roy"
