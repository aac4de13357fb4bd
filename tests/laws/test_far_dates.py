"""Absurd days are refused with a sentence at every door; those that are kept are shown, and searches take any day."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party, Position

from .asking import program_of

FAR = ["0001-01-01", "0999-12-31", "3000-01-01", "9999-12-31"]
KEPT = {"1000-01-01": "1850-01-01", "2999-12-31": "2026-01-01"}
"""The first and the last day that a record may tell → a birth date beside it."""


@pytest.fixture
def program(aicha: Actor) -> Client:
    return program_of(aicha)


@pytest.fixture
def person(aicha: Actor) -> Party:
    fields.create(aicha, "p", label="Essai le", type="date")
    return parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "organisation_name": "Mairie"})


def asked_of_the_api(person: Party, day: str) -> dict[str, tuple[str, str, dict]]:
    place = person.positions.get()
    new = {"contact": person.pk, "organisation": place.organisation_id}
    names = {"last_name": "Roy", "first_name": "Léa"}
    attach = {"contacts": [person.pk], "data": {"organisation": place.organisation_id, "since": day}}
    return {
        "birth date of a new contact": ("post", "contacts", names | {"birth_date": day}),
        "custom date of a new contact": ("post", "contacts", names | {"custom": {"essai_le": day}}),
        "birth date": ("patch", f"contacts/{person.pk}", {"birth_date": day}),
        "custom date": ("patch", f"contacts/{person.pk}", {"custom": {"essai_le": day}}),
        "new since": ("post", "positions", new | {"since": day}),
        "new until": ("post", "positions", new | {"until": day}),
        "since": ("patch", f"positions/{place.pk}", {"since": day}),
        "until": ("patch", f"positions/{place.pk}", {"until": day}),
        "action": ("post", "actions/attach", attach),
    }


def sent_to_pages(person: Party, day: str) -> dict[str, dict]:
    place, names = person.positions.get(), {"last_name": "Roy", "first_name": "Ann", "country": "FR"}
    new, edit = reverse("positions:new", args=["lac", person.pk]), reverse("positions:edit", args=["lac", place.pk])
    return {
        f"{reverse('contacts:new', args=['lac'])}?birth": names | {"birth_date": day},
        f"{reverse('contacts:new', args=['lac'])}?custom": names | {"custom-essai_le": day},
        reverse("contacts:edit", args=["lac", person.pk]): names | {"birth_date": day},
        reverse("contacts:sheet", args=["lac", person.pk]): names | {"custom-essai_le": day},
        f"{new}?since": {"organisation": "Port", "since": day},
        f"{new}?until": {"organisation": "Port", "until": day},
        f"{edit}?since": {"since": day},
        f"{edit}?until": {"until": day},
    }


@pytest.mark.parametrize("day", FAR)
def test_an_absurd_day_is_refused_by_the_api(person: Party, program: Client, day: str):
    for door, (method, path, body) in asked_of_the_api(person, day).items():
        answer = getattr(program, method)(f"/api/v1/{path}", body, content_type="application/json")
        assert answer.status_code == 422, door
        assert "Corrigez l’année" in answer.json()["errors"][0]["message"], door
    assert not Party.objects.exclude(birth_date=None).exists()
    assert not Position.objects.exclude(since=None, until=None).exists()


@pytest.mark.parametrize("day", FAR)
def test_an_absurd_day_is_refused_by_forms(aicha: Actor, person: Party, browse, day: str):
    for path, sent in sent_to_pages(person, day).items():
        blank = {f"{name}-{count}_FORMS": "0" for name in ("emails", "phones", "websites", "addresses")
                 for count in ("TOTAL", "INITIAL")}  # fmt: skip
        answer = browse(aicha).post(path, blank | sent | {"visibility": "everyone"})
        assert answer.status_code == 422, path
        assert "Corrigez l’année" in answer.content.decode(), path


def test_tomorrow_is_no_birth_date(person: Party, program: Client):
    sent = {"birth_date": "2199-01-01"}
    answer = program.patch(f"/api/v1/contacts/{person.pk}", sent, content_type="application/json")
    assert answer.status_code == 422
    assert "entre 1850 et aujourd’hui" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("day", [*FAR, *KEPT])
def test_a_day_that_is_there_is_shown_everywhere_and_hinders_no_change(aicha: Actor, person: Party, browse, day: str):
    """Also days that were kept before they were refused."""
    client, program = browse(aicha), program_of(aicha)
    place, body = person.positions.get(), person.positions.get().organisation
    parties.update(aicha, person, {"birth_date": "1980-01-01", "custom": {"essai_le": "2020-01-01"}})
    Party.objects.filter(pk=person.pk).update(birth_date=KEPT.get(day, day), custom={"essai_le": day})
    Position.objects.filter(pk=place.pk).update(until=day)
    changed = program.patch(f"/api/v1/contacts/{person.pk}", {"code": "A1"}, content_type="application/json")
    assert changed.status_code == 200
    assert (changed.json()["birth_date"], changed.json()["custom"]) == (KEPT.get(day, day), {"essai_le": day})
    pages = [
        f"contacts/{person.pk}/", f"contacts/{person.pk}/modifier/", f"organismes/{body.pk}/", "contacts/",
        f"contacts/{person.pk}/?{urlencode({'onglet': 'infobox'})}", f"infobox/?{urlencode({'since': day})}",
        "infobox/", f"infobox/?{urlencode({'until': day})}", f"contacts/?{urlencode({'added_since': day})}",
        f"contacts/?{urlencode({'custom.essai_le': f'>={day}'})}",
        *(f"export/?{urlencode({'kind': 'contacts', 'format': format})}" for format in ("csv", "xlsx", "vcf")),
    ]  # fmt: skip
    for path in pages:
        answer = client.get(f"/lac/{path}", follow=True)
        assert answer.status_code == 200, path
        assert b"".join(answer) if answer.streaming else answer.content, path
    for path in (f"contacts/{person.pk}", f"positions/{place.pk}", f"entries?{urlencode({'since': day})}",
                 f"entries?{urlencode({'until': day})}", f"contacts?{urlencode({'added_since': day})}",
                 f"contacts?{urlencode({'custom.essai_le': f'>={day}'})}"):  # fmt: skip
        assert program.get(f"/api/v1/{path}").status_code == 200, path


@pytest.mark.parametrize(("day", "born"), KEPT.items())
def test_the_first_and_the_last_day_are_kept(aicha: Actor, person: Party, day: str, born: str):
    parties.update(aicha, person, {"birth_date": born, "custom": {"essai_le": day}})
    positions.change(aicha, person.positions.get(), {"until": day} if day > "2000" else {"since": day})
