"""The first and the last day that a calendar knows are kept and shown, or refused with a sentence, at every door."""

from urllib.parse import urlencode

import pytest

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.actions.positions import positions

from .asking import program_of

FAR = ["0001-01-01", "9999-12-31"]


@pytest.mark.parametrize("day", FAR)
def test_a_record_of_that_day_is_shown_everywhere(aicha: Actor, browse, day: str):
    fields.create(aicha, "p", label="Essai le", type="date")
    body = parties.create(aicha, "o", {"name": "Mairie"})
    card = {"last_name": "Roy", "first_name": "Ann", "birth_date": day, "custom": {"essai_le": day}}
    person = parties.create(aicha, "p", card)
    place = positions.attach(aicha, person, {"organisation": body.pk, "function": "Maire", "until": day})
    client, program = browse(aicha), program_of(aicha)
    changed = program.patch(f"/api/v1/contacts/{person.pk}", {"birth_date": day}, content_type="application/json")
    assert changed.status_code == 200
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
                 f"entries?{urlencode({'until': day})}", f"contacts?{urlencode({'added_since': day})}"):  # fmt: skip
        assert program.get(f"/api/v1/{path}").status_code == 200, path
