"""Status, skills, family and refusal of mailings in files: import, export, and re-import unchanged (std C30)."""

import pytest

from entregent.accounts.jobs import run_pending
from entregent.actions.parties import parties
from entregent.directory.models import ContactStatus, OrganisationFamily, Party, Skill
from entregent.directory.parties.reading import record
from entregent.directory.selections.selections import Selection
from entregent.exchange import exporting, fields, intake
from entregent.exchange.models import Import
from entregent.journal.models import About
from entregent.runs import cycle


@pytest.fixture(autouse=True)
def lists(lac) -> None:
    rows = [("Prospect", True), ("Membre", False)]
    for rank, (name, default) in enumerate(rows):
        ContactStatus.objects.create(account=lac, name=name, key=name.lower(), rank=rank, is_default=default)
    OrganisationFamily.objects.create(account=lac, name="Commune", key="commune")


def bring(by, text: str, kind: str = "contacts", tmp=None) -> Import:
    file = tmp / "fichier.csv"
    file.write_text(text, encoding="utf-8")
    source = intake.receive(by, file, "fichier.csv", kind)
    cycle.start_run(by, source)
    run_pending()
    source.refresh_from_db()
    return source


def test_they_come_in_by_the_names_of_the_lists(aicha, tmp_path):
    text = (
        "Nom;Prénom;Statut;Compétences;Refus de mail\n"
        "Roy;Ann;MEMBRE;Droit, Médiation;oui\nBlais;Zoé;;;non\nCôté;Max;Bénévole;;\n"
    )
    source = bring(aicha, text, tmp=tmp_path)
    assert source.counts["created"] == 3
    assert source.remarks.get().problems[0]["code"] == "status_unknown"
    assert Party.objects.get(last_name="Côté").notes == "Statut : Bénévole"
    roy, blais = (record(Party.objects.get(last_name=name)).card for name in ("Roy", "Blais"))
    assert (roy["status"], sorted(roy["skills"]), roy["mail_refused"]) == ("Membre", ["Droit", "Médiation"], True)
    assert (blais["status"], blais["skills"], blais["mail_refused"]) == ("Prospect", [], False)
    assert Skill.objects.count() == 2


def test_an_organisation_s_family_comes_in(aicha, tmp_path):
    bring(aicha, "Nom;Famille;Statut\nMairie d’Étang;commune;membre\n", "organisations", tmp_path)
    card = record(Party.objects.get(kind="o")).card
    assert (card["family"], card["status"]) == ("Commune", "Membre")


def test_what_went_out_comes_in_without_a_change(aicha, tmp_path):
    given = {
        "last_name": "Roy",
        "first_name": "Ann",
        "email": "ann@lac.example",
        "status": "Membre",
        "skills": ["Droit"],
    }
    parties.create(aicha, "p", given | {"mail_refused": True})
    whole = b"".join(exporting.pieces(exporting.begin(aicha, Selection("p"), "csv")))
    text = whole.decode("utf-8-sig")
    assert "Membre" in text
    told = About.objects.count()
    source = bring(aicha, text, tmp=tmp_path)
    assert source.counts["unchanged"] == 1
    assert About.objects.count() == told


def test_a_file_changes_a_status_and_never_lifts_a_refusal(aicha, tmp_path):
    given = {"last_name": "Roy", "first_name": "Ann", "email": "ann@lac.example", "mail_refused": True}
    ann = parties.create(aicha, "p", given)
    file = tmp_path / "fichier.csv"
    file.write_text("Nom;Prénom;Email;Statut;Refus de mail\nRoy;Ann;ann@lac.example;membre;non\n", encoding="utf-8")
    source = intake.receive(aicha, file, "fichier.csv", "contacts")
    Import.objects.filter(pk=source.pk).update(on_duplicate="replace")
    source.refresh_from_db()
    cycle.start_run(aicha, source)
    run_pending()
    card = record(Party.objects.get(pk=ann.pk)).card
    assert (card["status"], card["mail_refused"]) == ("Membre", True)
    assert About.objects.filter(party=ann).latest("id").changes == {"status": ["Prospect", "Membre"]}


@pytest.mark.parametrize("kind", ["contacts", "organisations"])
def test_the_template_has_them(kind):
    headers, _example = fields.template(kind)
    assert {"Statut", "Refus de mail", "Compétences" if kind == "contacts" else "Famille"} <= set(headers)
