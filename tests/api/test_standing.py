"""Status, skills and family in the API: written, read and filtered by name."""

import pytest

from entregent.actions.parties import parties
from entregent.actions.standing import relations
from entregent.directory.models import ContactStatus, OrganisationFamily, Skill


@pytest.fixture(autouse=True)
def lists(lac) -> None:
    ContactStatus.objects.create(account=lac, name="Membre", key="membre", rank=1)
    OrganisationFamily.objects.create(account=lac, name="Commune", key="commune")
    Skill.objects.create(account=lac, name="Droit", key="droit")


def test_they_are_written_and_read_by_name(api, bruno):
    contact = {"last_name": "Roy", "first_name": "Ann", "status": "MEMBRE", "skills": ["droit"]}
    added = api(bruno).post("contacts", contact).json()
    assert (added["status"], added["skills"]) == ("Membre", ["Droit"])
    changed = api(bruno).patch(f"contacts/{added['id']}", {"status": None, "skills": None}).json()
    assert (changed["status"], changed["skills"]) == ("", [])
    body = api(bruno).post("organisations", {"name": "Mairie", "family": "commune", "status": "Membre"}).json()
    assert (body["family"], body["status"]) == ("Commune", "Membre")


def test_what_does_not_exist_is_told_by_its_field(api, bruno):
    answer = api(bruno).post("contacts", {"last_name": "Roy", "first_name": "Ann", "status": "Inconnu"})
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [("status", "status_unknown")]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=membre", ["Roy"]),
        ("status=-", ["Blais"]),
        ("skill=droit", ["Roy"]),
        ("assigned_to=me", ["Blais"]),
        ("mail_refused=true", ["Blais"]),
        ("mail_refused=false", ["Roy"]),
        ("sort=-status", ["Roy", "Blais"]),
    ],
)
def test_lists_are_narrowed(api, bruno, query, names):
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "status": "Membre", "skills": ["Droit"]})
    blais = parties.create(bruno, "p", {"last_name": "Blais", "first_name": "Zoé", "assigned_to": bruno.user_id})
    relations.refuse_mail(bruno, [blais])
    answer = api(bruno).get(f"contacts?{query}").json()
    assert [item["last_name"] for item in answer["items"]] == names


def test_the_actions_give_a_status_and_take_it_back(api, bruno):
    contact = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann"})
    given = {"contacts": [contact.pk], "data": {"status": "Membre"}}
    answer = api(bruno).post("actions/status", given).json()
    assert answer["contacts"] == [contact.pk]
    undo = answer["undo"]
    api(bruno).post(f"actions/{undo['code']}", {"contacts": [contact.pk], "data": undo["data"]})
    assert api(bruno).get(f"contacts/{contact.pk}").json()["status"] == ""
