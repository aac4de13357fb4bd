"""Export: only visible records, safe for spreadsheets, in the journal, and re-importable unchanged."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from tests.queries import queries

from entregent.accounts import jobs
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.items import items
from entregent.actions.parties import parties
from entregent.directory.selections.selections import Selection
from entregent.exchange import exporting, intake
from entregent.exchange.vcard import reading as vcard
from entregent.formats import table
from entregent.formats.sniff import recognise
from entregent.journal.models import Entry
from entregent.runs import cycle

ANN = {
    "last_name": "d'Amours",
    "first_name": "Ann",
    "civility": "Mme",
    "emails": [{"value": "ann@lac.example"}, {"value": "ann@rive.example"}],
    "phones": [{"value": "+1 514 555-0123"}, {"value": "06 39 98 12 34", "label": "mobile"}],
    "website": "https://ann.example",
    "birth_date": "1980-11-21",
    "addresses": [
        {"street": "4, rue du Lac\nBâtiment B", "postal_code": "01000", "city": "Bourg-en-Bresse", "country": "FR"},
        {"street": "10, rue des Églises", "postal_code": "H2X 1Y4", "city": "Montréal", "country": "CA"},
    ],
    "tags": ["Bénévole", "Presse"],
    "notes": "Première ligne ; deuxième\nligne",
    "organisation_name": "Radio Rivage",
    "function": "Rédactrice",
    "code": "ADH-0001",
}


def export(by, format="csv", kind="p", **params) -> bytes:
    return b"".join(exporting.pieces(exporting.begin(by, Selection.read(kind, params), format)))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_what_is_selected_leaves_with_its_fields(bruno):
    parties.create(bruno, "p", ANN)
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Zoé"})
    (row,) = read(export(bruno, tag="presse"))
    assert row["Nom"] == "d'Amours"
    assert {"Radio Rivage", "Rédactrice", "01000", "ann@rive.example", "06 39 98 12 34"} <= set(row.values())


@pytest.mark.parametrize("on_duplicate", ["complete", "replace"])
@pytest.mark.parametrize("kind", ["p", "o"])
def test_what_left_comes_back_without_a_change(bruno, tmp_path, kind, on_duplicate):
    parties.create(bruno, "p", ANN)
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Zoé", "email": "zoe@lac.example", "active": False})
    parties.create(bruno, "p", {"last_name": "=Roy", "first_name": "'-Max", "notes": "+33"})
    hydrolac = {"name": "Hydrolac", "siren": "000000018", "vat_number": "FR66000000018"}
    parties.create(bruno, "o", hydrolac | {"email": "eau@hydrolac.example", "address": {"city": "Crest"}})
    file = tmp_path / "export.csv"
    file.write_bytes(export(bruno, kind=kind))
    source = intake.receive(bruno, file, file.name, "contacts" if kind == "p" else "organisations")
    intake.map_columns(source, source.mapping, source.constants, on_duplicate)
    cycle.start_run(bruno, source)
    jobs.run_pending()
    source.refresh_from_db()
    assert source.counts.get("unchanged") == (3 if kind == "p" else 2), source.counts


def test_no_cell_is_a_formula(bruno):
    parties.create(bruno, "p", {"last_name": "=HYPERLINK(1)", "first_name": "@Ann", "phone": "+33 1 99 00 12 34"})
    values = list(read(export(bruno))[0].values())
    assert "'=HYPERLINK(1)" in values
    assert "'@Ann" in values
    assert "'+33 1 99 00 12 34" in values


def test_what_one_may_not_see_does_not_leave(bruno, aicha):
    secret = {"visibility": {"mode": "creator"}}
    parties.create(aicha, "p", {"last_name": "Cachée", "first_name": "Eve"} | secret)
    hidden = parties.create(aicha, "o", {"name": "Secret"} | secret)
    place = {"organisation": hidden.pk, "function": "Espionne"}
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann"} | place)
    for format in ("csv", "vcf"):
        text = export(bruno, format).decode()
        assert "Roy" in text
        assert not {"Cachée", "Secret", "Espionne"} & set(text.replace(";", " ").replace(":", " ").split())
    assert "Secret" in export(aicha).decode()


@pytest.mark.parametrize("format", ["csv", "vcf"])
def test_what_the_operator_notes_of_a_shared_record_stays_theirs(format, service, sonia, aicha):
    with inside(service):
        items.create(sonia, "statuses", {"name": "Surveillé"})
        card = {
            "last_name": "Rivière",
            "first_name": "Odile",
            "notes": "Ne répond jamais",
            "status": "Surveillé",
        }
        parties.create(sonia, "p", card | {"mail_refused": True})
    for by, told in ((sonia, True), (aicha, False)):
        with inside(by.account):
            out = export(by, format).decode()
        assert "Odile" in out
        assert ("Ne répond jamais" in out) == told
        assert told or "Surveillé" not in out
        assert format == "vcf" or (read(out.encode())[0]["Refus de mail"] == "oui") == told


def test_the_journal_says_who_exported_what_and_how_many(bruno, aicha):
    parties.create(bruno, "p", ANN)
    export(bruno, tag="presse")
    entry = Entry.objects.get(deed="exported")
    assert (entry.by_id, entry.data["count"], entry.data["selection"]) == (bruno.user_id, 1, {"tag": "presse"})


def test_a_reader_may_not(chloe):
    with pytest.raises(PermissionDenied):
        export(chloe)
    assert not Entry.objects.exists()


def test_a_workbook_holds_the_same(bruno, tmp_path):
    parties.create(bruno, "p", ANN)
    file = tmp_path / "export.xlsx"
    file.write_bytes(export(bruno, "xlsx"))
    row, *rest = [cells for _, cells in table.read(file, recognise(file))]
    assert "01000" in row
    assert not rest


def test_cards_are_read_back(bruno, tmp_path):
    parties.create(bruno, "p", ANN)
    file = tmp_path / "export.vcf"
    file.write_bytes(export(bruno, "vcf"))
    ((_, card, problems),) = vcard.read(file)
    assert (card["last_name"], card["first_name"], problems) == ("d'Amours", "Ann", [])
    assert [item["value"] for item in card["emails"]] == ["ann@lac.example", "ann@rive.example"]
    assert card["positions"][0]["organisation_name"] == "Radio Rivage"


def test_phones_leave_as_the_world_dials_them_where_nothing_is_lost(bruno):
    numbers = ["01 42 68 53 00", "01/42/68/53/01", "01 42 68 53 02 poste 12", "01 42 68 53 03/04", "3615"]
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "phones": [{"value": n} for n in numbers]})
    lines = export(bruno, "vcf").decode().splitlines()
    assert [line.partition(":")[2] for line in lines if line.startswith("TEL")] == [
        "+33 1 42 68 53 00",
        "+33 1 42 68 53 01",
        *numbers[2:],
    ]


def test_many_are_read_by_steps(bruno, monkeypatch):
    monkeypatch.setattr(exporting, "STEP", 2)
    for number in range(5):
        parties.create(bruno, "p", {"last_name": f"Nom{number}", "first_name": "P"})
    assert [row["Nom"] for row in read(export(bruno))] == [f"Nom{number}" for number in range(5)]
    monkeypatch.setattr(exporting, "STEP", 50)
    assert len(queries(lambda: export(bruno))) < 20


def test_what_is_hidden_or_deleted_during_the_export_does_not_leave(bruno, aicha, monkeypatch):
    monkeypatch.setattr(exporting, "STEP", 2)
    monkeypatch.setattr(exporting, "FOUND_AT_ONCE", 6)
    made = [parties.create(aicha, "p", {"last_name": f"Nom{n}", "first_name": "P"}) for n in range(8)]
    sent = exporting.pieces(exporting.begin(bruno, Selection.read("p", {}), "vcf"))
    begun = next(sent)
    with inside(aicha.account):
        bin_actions.delete(aicha, [made[3]])
        parties.update(aicha, made[4], {"visibility": {"mode": "creator"}})
    text = (begun + b"".join(sent)).decode()
    assert [n for n in range(8) if f"Nom{n}" in text] == [0, 1, 2, 5, 6, 7]
