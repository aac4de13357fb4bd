"""`/custom-fields`, and `custom` of contacts and organisations."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.accounts.scope import inside
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.directory.models import CustomField, Party
from entregent.journal.models import Entry

ANN = {"last_name": "Roy", "first_name": "Ann"}


def errors(answer) -> list[tuple[str, str]]:
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


def test_a_field_is_defined_changed_retired_and_restored(api, aicha):
    program = api(aicha)
    asked = {
        "kind": "contact",
        "label": "Formule",
        "type": "choice",
        "choices": [{"label": "Famille"}, {"label": "Ami"}],
    }
    made = program.post("custom-fields", asked)
    assert made.status_code == 201, made.content
    field = made.json()
    assert (field["code"], field["towards"], field["retired_at"]) == ("formule", "invisible", None)
    assert field["choices"][0] == {"code": "famille", "label": "Famille", "retired": False}
    url = f"custom-fields/{field['id']}"
    contact = program.post("contacts", ANN | {"custom": {"formule": "Famille"}}).json()
    assert contact["custom"] == {"formule": "famille"}
    refused = program.send("PATCH", url, {"choices": field["choices"][1:]})
    assert errors(refused) == [("choices", "field_choice_used")]
    changed = program.send("PATCH", url, {"choices": field["choices"][1:], "replace": {"famille": "ami"}})
    assert [choice["code"] for choice in changed.json()["choices"]] == ["ami"]
    assert program.get(f"contacts/{contact['id']}").json()["custom"] == {"formule": "ami"}
    assert program.send("DELETE", url).status_code == 204
    assert program.get(f"contacts/{contact['id']}").json()["custom"] == {}
    assert program.get("custom-fields?retired=false").json()["items"] == []
    assert program.send("PATCH", url, {"retired": False}).json()["retired_at"] is None
    assert program.get(f"contacts/{contact['id']}").json()["custom"] == {"formule": "ami"}


def test_values_are_written_read_and_emptied(api, bruno, aicha):
    for label, type in (("Taille", "number"), ("Cotisation", "amount"), ("Membre", "boolean"), ("Depuis le", "date")):
        fields.create(aicha, "p", label=label, type=type)
    program = api(bruno)
    given = {"taille": 1.5, "cotisation": "25", "membre": False, "depuis_le": "2026-03-04"}
    contact = program.post("contacts", ANN | {"custom": given}).json()
    assert contact["custom"] == given | {"cotisation": "25.00"}
    url = f"contacts/{contact['id']}"
    kept = program.send("PATCH", url, {"custom": {"taille": None, "membre": True}}).json()["custom"]
    assert kept == {"cotisation": "25.00", "membre": True, "depuis_le": "2026-03-04"}
    assert program.send("PATCH", url, {"custom": {}, "phone": ""}).json()["custom"] == kept
    refused = program.send("PATCH", url, {"custom": {"taille": "grande", "poids": 3}})
    assert (refused.status_code, errors(refused)) == (
        422,
        [("custom.taille", "custom_number"), ("custom.poids", "custom_unknown")],
    )
    entries = program.get(f"contacts/{contact['id']}/entries").json()["items"]
    assert entries[0]["about"][0]["changes"]["custom.taille"] == [1.5, None]


def test_what_is_sensitive_is_not_there_for_others(api, bruno, aicha):
    field = fields.create(aicha, "p", label="Allergies", sensitive=True, approved_by="Ana")
    ann = parties.create(aicha, "p", ANN | {"custom": {"allergies": "Noix"}})
    parties.update(aicha, ann, {"custom": {"allergies": "Pollens"}})
    program = api(bruno)
    for path in ("custom-fields", f"contacts/{ann.pk}", "contacts", f"contacts/{ann.pk}/entries", "entries"):
        answer = program.get(path)
        assert answer.status_code == 200
        for secret in ("Noix", "Pollens", "allergies", "Allergies"):
            assert secret not in answer.content.decode(), path
    assert program.get(f"custom-fields/{field.pk}").status_code == 404
    assert api(aicha).get(f"contacts/{ann.pk}").json()["custom"] == {"allergies": "Pollens"}
    refused = program.send("PATCH", f"contacts/{ann.pk}", {"custom": {"allergies": "x"}})
    assert errors(refused) == [("custom.allergies", "custom_unknown")]


def test_what_the_operator_keeps_of_a_shared_record_is_not_there(service, sonia, api, aicha):
    with inside(service):
        code = fields.create(sonia, "p", label="Note").code
        shared = parties.create(sonia, "p", ANN | {"custom": {code: "confidence"}})
    assert fields.create(aicha, "p", label="Note").code == code
    program = api(aicha)
    assert program.get(f"contacts/{shared.pk}").json()["custom"] == {}
    assert "confidence" not in program.get("contacts").content.decode()


def test_the_list_asks_no_more_for_more_fields_and_rows(api, aicha):
    def ask() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert program.get("contacts?limit=50").status_code == 200
        return len(captured)

    program = api(aicha)
    for number in range(2):
        fields.create(aicha, "p", label=f"Champ {number}")
    parties.create(aicha, "p", ANN | {"custom": {"champ_0": "a"}})
    ask()
    few = ask()
    for number in range(2, 20):
        fields.create(aicha, "p", label=f"Champ {number}")
    values = {f"champ_{number}": "b" for number in range(20)}
    for number in range(50):
        parties.create(aicha, "p", {"last_name": "Roy", "first_name": f"A{number}", "custom": values})
    assert ask() == few
    assert Party.objects.count() == 51
    assert CustomField.objects.count() == 20


def test_what_is_refused_with_a_change_brings_no_field_back(api, aicha):
    field = fields.retire(aicha, fields.create(aicha, "p", label="Devise"))
    refused = api(aicha).send("PATCH", f"custom-fields/{field.pk}", {"retired": False, "type": "rune"})
    assert (refused.status_code, errors(refused)) == (422, [("type", "field_type")])
    assert CustomField.objects.get().retired_at is not None
    assert Entry.objects.latest("id").deed == "field_retired"
