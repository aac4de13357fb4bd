"""`/positions`: list, add, change and delete positions."""

import pytest

from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party, Position


def test_a_place_is_added_changed_ended_and_deleted(api, bruno, ann, radio):
    program = api(bruno)
    given = {"contact": ann.pk, "organisation": radio.pk, "function": "Pigiste", "since": "2024-01-02"}
    added = program.post("positions", given)
    assert added.status_code == 201, added.content
    assert added.json() | given | {"main": True, "until": None} == added.json()
    assert Party.objects.get(pk=ann.pk).function == "Pigiste"
    path = f"positions/{added.json()['id']}"
    assert program.patch(path, {"function": "Rédactrice"}).json()["since"] == "2024-01-02"
    ended = program.patch(path, {"until": "2025-01-02"}).json()
    assert (ended["until"], ended["main"]) == ("2025-01-02", False)
    assert program.get("positions?current=true").json()["count"] == 0
    assert program.get(f"positions?current=false&contact={ann.pk}&organisation={radio.pk}").json()["items"] == [ended]
    assert program.delete(path).status_code == 204
    assert program.get(path).status_code == 404
    assert Party.objects.filter(pk__in=[ann.pk, radio.pk]).count() == 2


def test_a_far_date_that_a_place_has_stays(api, bruno, ann, radio):
    place = positions.attach(bruno, ann, {"organisation": radio.pk, "function": "Pigiste"})
    Position.objects.update(until="9999-12-31")
    changed = api(bruno).patch(f"positions/{place.pk}", {"function": "Rédactrice"})
    assert (changed.status_code, changed.json()["until"]) == (200, "9999-12-31")
    assert api(bruno).patch(f"positions/{place.pk}", {"until": "9998-12-31"}).status_code == 422


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"contact": 10**9}, "contact"),
        ({"organisation": 10**9}, "organisation"),
        ({"since": "2025-01-02", "until": "2024-01-02"}, "until"),
        ({"email": "nobody"}, "email"),
        ({"since": "demain"}, "since"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(api, bruno, ann, radio, given, field):
    answer = api(bruno).post("positions", {"contact": ann.pk, "organisation": radio.pk} | given)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Position.objects.exists()


def test_a_place_is_there_when_both_ends_are(api, bruno, aicha, ann):
    hidden = parties.create(aicha, "o", {"name": "Secret", "visibility": {"mode": "creator"}})
    place = positions.attach(aicha, ann, {"organisation": hidden.pk})
    program = api(bruno)
    assert api(aicha).get(f"positions/{place.pk}").status_code == 200
    for answer in (
        program.get(f"positions/{place.pk}"),
        program.patch(f"positions/{place.pk}", {"function": "x"}),
        program.delete(f"positions/{place.pk}"),
    ):
        assert answer.status_code == 404
    assert program.get("positions").json()["items"] == []
    refused = program.post("positions", {"contact": ann.pk, "organisation": hidden.pk})
    assert refused.json()["errors"][0]["code"] == "organisation_unknown"
