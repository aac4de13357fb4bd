"""Custom fields in files (C6): recognised by label, imported, refused with a reason, exported."""

import csv
import io

import pytest
from django.utils.translation import override

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.directory.models import CustomField, Party
from entregent.directory.selections.selections import Selection
from entregent.exchange import custom_columns, exporting, intake, reporting
from entregent.exchange.models import Import
from entregent.runs import cycle

HEADERS = "Nom,Prénom,Courriel,Taille,Né(e) à,Formule,Activités,Depuis le\n"


@pytest.fixture
def own(aicha: Actor) -> None:
    fields.create(aicha, "p", label="Taille", type="number")
    fields.create(aicha, "p", label="Né(e) à", towards="visible")
    fields.create(aicha, "p", label="Formule", type="choice", choices=["Aucune", "Famille"])
    fields.create(aicha, "p", label="Activités", type="choices", choices=["Voile", "Berges, en été"])
    fields.create(aicha, "p", label="Depuis le", type="date")


def read(by: Actor, text: str, **asked) -> Import:
    source = intake.receive(by, io.BytesIO(text.encode()), "membres.csv", "contacts")
    asked = {"on_duplicate": "complete"} | asked
    intake.map_columns(source, asked.pop("mapping", source.mapping), source.constants, **asked)
    job = cycle.start_run(by, source)
    assert job is not None
    for _ in cycle.work(job):
        pass
    return Import.objects.get(pk=source.pk)


def rows_of(by: Actor) -> list[dict[str, str]]:
    content = b"".join(exporting.pieces(exporting.begin(by, Selection("p"), "csv"))).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


@pytest.mark.usefixtures("own")
def test_columns_are_guessed_by_label_and_their_values_taken(aicha: Actor):
    row = 'Dupont,Marie,marie@lac.example,"172,5",Gex,aucune,Voile; berges en ete,03/04/2026\n'
    source = read(aicha, HEADERS + row, date_order="mdy")
    assert source.mapping[3:] == [
        f"custom.{code}" for code in ("taille", "ne_e_a", "formule", "activites", "depuis_le")
    ]
    assert source.counts["created"] == 1, [reject.problems for reject in source.rejects.all()]
    assert Party.objects.get().custom == {
        "taille": 172.5,
        "ne_e_a": "Gex",
        "formule": "aucune",
        "activites": ["voile", "berges_en_ete"],
        "depuis_le": "2026-03-04",
    }


@pytest.mark.usefixtures("own")
def test_a_file_comes_out_and_in_again_unchanged(aicha: Actor):
    values = {
        "taille": 1.5,
        "formule": "Famille",
        "activites": ["Voile", "Berges, en été"],
        "depuis_le": "2026-03-04",
    }
    marie = parties.create(
        aicha, "p", {"last_name": "Dupont", "first_name": "Marie", "email": "marie@lac.example", "custom": values}
    )
    (row,) = rows_of(aicha)
    assert row["Taille"] == "1,5"
    assert row["Activités"] == "Voile; Berges, en été"
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row)
    source = read(aicha, text.getvalue(), on_duplicate="replace")
    assert source.counts == {"unchanged": 1, "notes": {}}
    assert Party.objects.get().version == marie.version


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(("on_duplicate", "size"), [("complete", 170), ("replace", 180), ("skip", 170)])
def test_a_recognised_record_is_completed_or_changed(aicha: Actor, on_duplicate, size):
    card = {"last_name": "Dupont", "first_name": "Marie", "email": "marie@lac.example", "custom": {"taille": 170}}
    parties.create(aicha, "p", card)
    read(aicha, HEADERS + "Dupont,Marie,marie@lac.example,180,Gex,,,\n", on_duplicate=on_duplicate)
    marie = Party.objects.get()
    assert marie.custom == {"taille": size} | ({} if on_duplicate == "skip" else {"ne_e_a": "Gex"})


@pytest.mark.usefixtures("own")
def test_what_a_second_row_adds_goes_to_the_same_person(aicha: Actor):
    read(aicha, HEADERS + "Dupont,Marie,marie@lac.example,170,,,,\nDupont,Marie,marie@lac.example,180,Gex,,,\n")
    assert Party.objects.get().custom == {"taille": 170, "ne_e_a": "Gex"}


def test_what_fits_not_or_misses_is_told_and_its_row_comes_in(aicha: Actor):
    fields.create(aicha, "p", label="Taille", type="number", required=True)
    source = read(aicha, "Nom,Prénom,Taille\nDupont,Marie,grande\nRoy,Ann,\nBer,Léo,3\n")
    with override("fr"):
        why = [reporting.why(source, remark) for remark in source.remarks.all()]
    assert len(why) == 2
    assert why[0].startswith("Taille")
    assert "nombre" in why[0]
    assert "obligatoire" in why[1]
    told = dict(Party.objects.values_list("last_name", "notes"))
    assert told == {"Dupont": "Taille : grande", "Roy": "", "Ber": ""}


def test_the_template_has_the_fields_and_comes_back(aicha: Actor):
    fields.create(aicha, "p", label="Formule", type="choice", choices=["Famille"])
    fields.create(aicha, "o", label="Sigle")
    headers, example = custom_columns.template(aicha, "contacts")
    assert (headers[-1], example[-1]) == ("Formule", "Famille")
    assert custom_columns.template(aicha, "organisations")[0][-1] == "Sigle"
    content = b"".join(reporting.as_csv(reporting.template(aicha, "contacts"))).decode("utf-8-sig")
    assert read(aicha, content).counts["created"] == 1
    assert Party.objects.get(kind="p").custom == {"formule": "famille"}


def test_what_is_sensitive_is_in_no_file(aicha: Actor, bruno: Actor):
    field = fields.create(aicha, "p", label="Allergies", sensitive=True, approved_by="Ana")
    parties.create(aicha, "p", {"last_name": "Dupont", "first_name": "Marie", "custom": {"allergies": "Noix"}})
    for by in (aicha, bruno):
        (row,) = rows_of(by)
        assert "Noix" not in row.values()
        assert field.label not in row
        assert field.label not in custom_columns.template(by, "contacts")[0]
    assert "custom.allergies" not in {one.code for one in custom_columns.offered(bruno, "contacts")}
    text = "Nom,Prénom,Allergies\nRoy,Ann,Pollens\n"
    mapping = ["last_name", "first_name", "custom.allergies"]
    source = read(bruno, text, mapping=mapping)
    assert "Pollens" not in str([remark.problems for remark in source.remarks.all()])
    assert Party.objects.get(last_name="Roy").notes == ""
    assert intake.receive(bruno, io.BytesIO(text.encode()), "m.csv", "contacts").mapping[2] == "ignore"
    assert read(aicha, text, mapping=mapping).counts["updated"] == 1
    assert Party.objects.get(last_name="Roy").custom == {"allergies": "Pollens"}


@pytest.mark.usefixtures("own")
def test_a_retired_field_is_no_column(aicha: Actor):
    read(aicha, HEADERS + "Dupont,Marie,marie@lac.example,170,,,,\n")
    fields.retire(aicha, CustomField.objects.get(code="taille"))
    assert "Taille" not in rows_of(aicha)[0]
    source = intake.receive(aicha, io.BytesIO((HEADERS + "Roy,Ann,,1,,,,\n").encode()), "m.csv", "contacts")
    assert "custom.taille" not in source.mapping
    with pytest.raises(ValueError, match="mapping"):
        intake.map_columns(source, ["custom.taille"] * 8, {}, "complete")
