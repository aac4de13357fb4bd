"""«Nom de naissance» (std F3), declared in the register only, works in every interface."""

from pathlib import Path

from entregent.accounts import jobs
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.exchange import exporting, intake
from entregent.exchange.known_headers import known
from entregent.exchange.vcard import reading as vcard
from entregent.runs import cycle

MARIE = {"last_name": "Dupont", "first_name": "Marie"}


def test_a_search_finds_by_it(aicha):
    parties.create(aicha, "p", MARIE | {"birth_name": "Gagné"})
    assert Selection.read("p", {"q": "gagne"}).parties(aicha).count() == 1


def test_a_file_brings_it_in_under_its_usual_names(aicha, tmp_path):
    for header in ("nom de naissance", "nom de jeune fille", "nom patronymique", "nee", "birth name", "maiden name"):
        assert known("contacts")[header] == "birth_name"
    path = Path(tmp_path / "gens.csv")
    path.write_text("Nom;Prénom;Nom de naissance\nDupont;Marie;Gagné\n", encoding="utf-8")
    source = intake.receive(aicha, path, path.name, "contacts")
    cycle.start_run(aicha, source)
    jobs.run_pending()
    assert Party.objects.get(kind="p").birth_name == "Gagné"


def test_a_vcard_takes_it_out_and_in(aicha):
    parties.create(aicha, "p", MARIE | {"birth_name": "Gagné"})
    written = b"".join(exporting.pieces(exporting.begin(aicha, Selection.read("p", {}), "vcf")))
    assert "X-MAIDENNAME:Gagné\r\n" in written.decode()
    lines = written.split(b"\r\n")[1:-2]
    card, _problems = vcard.read_card(lines)
    assert card["birth_name"] == "Gagné"
    assert "extra" not in card


def test_the_form_tells_the_two_names_apart(aicha, browse):
    marie = parties.create(aicha, "p", MARIE | {"birth_name": "Gagné"})
    client = browse(aicha)
    form = client.get(f"/lac/contacts/{marie.pk}/modifier/").content.decode()
    assert 'name="birth_name"' in form
    assert "Nom d’usage." in form
    assert "Nom de naissance" in client.get(f"/lac/contacts/{marie.pk}/").content.decode()
