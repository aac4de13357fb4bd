"""The import's pages: file, columns, preview, result (E6)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from entregent.accounts import jobs
from entregent.directory.models import Party
from entregent.exchange.models import Import
from entregent.formats import table
from entregent.formats.sniff import Format
from entregent.web.links import to

CSV = "Nom;Prénom;Email\nGagné;Éloïse;eloise@v3r.example\n;;paul@@v3r.example\n"


@pytest.fixture
def client(bruno, browse):
    return browse(bruno)


def upload(client, by, content: bytes | str, name: str = "gens.csv", kind: str = "guess"):
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(to(by, "imports:start"), {"file": SimpleUploadedFile(name, data), "kind": kind}, follow=True)
    return client.get(answer.request["PATH_INFO"]) if jobs.run_pending() else answer


def address(by, source: Import, name: str = "page") -> str:
    return to(by, f"imports:{name}", source.pk)


def mapped(source: Import, **extra: str) -> dict[str, str]:
    return {f"column-{index}": code for index, code in enumerate(source.mapping)} | {
        "on_duplicate": "complete",
        **extra,
    }


def test_before_the_file_is_read_the_page_claims_nothing_of_what_it_holds(client, bruno):
    data = {"file": SimpleUploadedFile("gens.csv", CSV.encode()), "kind": "guess"}
    answer = client.post(to(bruno, "imports:start"), data, follow=True).content.decode()
    assert "Importer un fichier" in answer
    assert "Importer des organismes" not in answer


def test_from_file_to_result(client, bruno):
    response = upload(client, bruno, CSV)
    source = Import.objects.get()
    assert source.mapping == ["last_name", "first_name", "email"]
    assert "Colonnes du fichier" in response.content.decode()
    client.post(address(bruno, source, "columns"), mapped(source))
    assert "Lecture du fichier" in client.get(address(bruno, source)).content.decode()
    jobs.run_pending()
    preview = client.get(address(bruno, source)).content.decode()
    assert "rien n’est encore écrit" in preview
    assert "Importer 1 ligne" in preview
    assert 'class="wrong">paul@@v3r.example' in preview
    assert not Party.objects.exists()
    client.post(address(bruno, source, "run"))
    jobs.run_pending()
    result = client.get(address(bruno, source)).content.decode()
    assert "L’import est terminé." in result
    assert Party.objects.get().name == "Éloïse Gagné"


def test_rows_to_mend_are_downloaded_with_their_cells_and_reason(client, bruno, tmp_path):
    upload(client, bruno, CSV)
    source = Import.objects.get()
    client.post(address(bruno, source, "columns"), mapped(source))
    jobs.run_pending()
    response = client.get(address(bruno, source, "rejects"), {"format": "xlsx"})
    path = tmp_path / "rejets.xlsx"
    path.write_bytes(response.content)
    ((_, cells),) = table.read(path, Format("xlsx"))
    assert cells[:3] == ["", "", "paul@@v3r.example"]
    assert "@" in cells[3]


def test_a_missing_name_column_is_asked_for_and_the_choice_kept(client, bruno):
    upload(client, bruno, "A;B;C\n1;x;y\n", kind="contacts")
    source = Import.objects.get()
    response = client.post(
        address(bruno, source, "columns"), {"column-0": "notes", "column-1": "ignore", "column-2": "city"}
    )
    text = response.content.decode()
    assert "Aucune colonne ne donne" in text
    source.refresh_from_db()
    assert (source.state, source.mapping) == ("draft", ["notes", "ignore", "city"])


def test_organisations_are_guessed(client, bruno):
    upload(client, bruno, "Organisme;SIREN;Ville\nCoop;732829320;Crest\n")
    assert Import.objects.get().kind == "organisations"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "image"),
        ("vide.csv", b"", "vide"),
        ("ancien.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
        ("binaire.csv", bytes(range(256)) * 40, "tableau"),
    ],
)
def test_what_is_no_table_is_said_and_nothing_kept(client, bruno, name, content, sentence):
    response = upload(client, bruno, content, name)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Import.objects.exists()


@override_settings(UPLOAD_MAX_BYTES=1000)
def test_a_file_too_large_is_refused_before_it_is_read(client, bruno):
    response = upload(client, bruno, "Nom;Prénom\n" + "A;B\n" * 1000)
    assert response.status_code == 413
    assert "trop gros" in response.content.decode()
    assert not Import.objects.exists()


def test_one_import_is_nobody_elses(client, bruno, aicha, browse):
    upload(client, bruno, CSV)
    source = Import.objects.get()
    other = browse(aicha)
    assert other.get(address(bruno, source)).status_code == 404
    assert other.post(address(bruno, source, "run")).status_code == 404
    source.refresh_from_db()
    assert source.state == "draft"


def test_a_reader_has_no_import(chloe, browse):
    assert browse(chloe).get(to(chloe, "imports:start")).status_code == 403


def test_giving_up_forgets_the_file(client, bruno):
    upload(client, bruno, CSV)
    source = Import.objects.get()
    assert source.file.exists()
    client.post(address(bruno, source, "discard"))
    assert not source.file.exists()
    assert not Import.objects.exists()


def test_the_template_maps_itself(client, bruno, tmp_path):
    content = client.get(to(bruno, "imports:template"), {"kind": "contacts", "format": "xlsx"}).content
    upload(client, bruno, content, "modele.xlsx")
    source = Import.objects.get()
    assert "ignore" not in source.mapping
    client.post(address(bruno, source, "columns"), mapped(source))
    jobs.run_pending()
    source.refresh_from_db()
    assert source.counts == {"created": 1, "notes": {}}, list(source.rejects.values())


def test_another_encoding_is_read_again(client, bruno):
    upload(client, bruno, CSV.encode("mac_roman"))
    source = Import.objects.get()
    reading = {"encoding": "mac_roman", "delimiter": ";", "has_header": "on"}
    client.post(address(bruno, source, "reading"), reading)
    jobs.run_pending()
    assert "Éloïse" in client.get(address(bruno, source)).content.decode()


def test_a_reading_that_fails_is_told_and_leaves_the_columns(client, bruno, make):
    upload(client, bruno, "Nom;Prénom\nRoy;Ann\n")
    source = Import.objects.get()
    Import.objects.filter(pk=source.pk).update(seen=source.seen | {"sheets": ["A", "B"]})
    client.post(
        address(bruno, source, "reading"),
        {"encoding": "utf-8", "delimiter": ";", "has_header": "on", "header_row": 9},
    )
    jobs.run_pending()
    text = client.get(address(bruno, source)).content.decode()
    assert "aucune ligne sous ses titres" in text
    source.refresh_from_db()
    assert (source.state, source.mapping) == ("draft", ["last_name", "first_name"])


def test_a_file_that_can_t_be_read_is_told_on_its_page_and_can_be_forgotten(client, bruno):
    text = upload(client, bruno, "Nom;Prénom\n", "vide.csv").content.decode()
    assert "aucune ligne sous ses titres" in text
    source = Import.objects.get()
    assert source.state == "failed"
    client.post(address(bruno, source, "back"))  # there are no columns to go back to
    assert client.get(address(bruno, source)).status_code == 200
    client.post(address(bruno, source, "discard"))
    assert not Import.objects.exists()
    assert not source.file.exists()


def test_ambiguous_dates_are_asked(client, bruno):
    text = upload(client, bruno, "Nom;Prénom;Date de naissance\nA;Léa;03/04/1990\n").content.decode()
    assert "3 avril" in text
    source = Import.objects.get()
    client.post(address(bruno, source, "columns"), mapped(source, date_order="mdy"))
    client.post(address(bruno, source, "run"))
    jobs.run_pending()
    client.post(address(bruno, source, "run"))
    jobs.run_pending()
    assert Party.objects.get().birth_date.isoformat() == "1990-03-04"


def test_a_vcard_goes_straight_to_its_preview(client, bruno):
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Gagné;Éloïse;;;\r\nFN:Éloïse Gagné\r\nEND:VCARD\r\n"
    upload(client, bruno, card, "carte.vcf")
    source = Import.objects.get()
    assert source.kind == "contacts"
    assert {"last_name", "first_name"} <= set(source.mapping)  # the columns of its cards that have to be fixed
    jobs.run_pending()
    assert "Importer 1 ligne" in client.get(address(bruno, source)).content.decode()
    client.post(address(bruno, source, "back"))  # to the choices, which cards have too
    text = client.get(address(bruno, source)).content.decode()
    assert ('name="on_duplicate"' in text, '<select id="column-' in text) == (True, False)
    client.post(address(bruno, source, "columns"), {"on_duplicate": "skip"})
    source.refresh_from_db()
    assert (source.state, source.on_duplicate) == ("checking", "skip")


def test_scripts_in_cells_are_shown_harmless(client, bruno):
    upload(client, bruno, 'Nom;Prénom\n"<script>alert(1)</script>";Léa\n')
    source = Import.objects.get()
    text = client.get(address(bruno, source)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_words_of_refusal_in_an_unread_column_must_be_answered(client, bruno):
    upload(client, bruno, "Nom;Prénom;Remarques\nRoy;Ann;ne plus contacter\nBlais;Zoé;vélo\n", kind="contacts")
    source = Import.objects.get()
    text = client.get(address(bruno, source)).content.decode()
    assert (
        "« ne plus contacter » ressemble à un refus d’envois.".replace(" »", "\xa0»").replace("« ", "«\xa0") in text
    )
    refused = client.post(address(bruno, source, "columns"), mapped(source))
    assert "Dites si ceci parle de refus d’envois" in refused.content.decode()
    client.post(address(bruno, source, "run"))  # nor by going round the page
    assert jobs.run_pending() == 0
    client.post(address(bruno, source, "columns"), mapped(source, **{"refusals-2": "refused"}))
    jobs.run_pending()
    client.post(address(bruno, source, "run"))
    jobs.run_pending()
    assert [party.last_name for party in Party.objects.exclude(mail_refused_at=None)] == ["Roy"]
    assert Party.objects.count() == 2


def test_a_file_named_as_one_of_the_unsubscribed_must_be_answered(client, bruno):
    upload(client, bruno, "Nom;Prénom;Email\nRoy;Ann;a@x.example\n", "désabonnés.csv", kind="contacts")
    source = Import.objects.get()
    assert "fait penser à une liste" in client.get(address(bruno, source)).content.decode()
    client.post(address(bruno, source, "columns"), mapped(source))
    assert jobs.run_pending() == 0
    client.post(address(bruno, source, "columns"), mapped(source, **{"refusals-file": "refused"}))
    jobs.run_pending()
    assert "Un refus d’envois groupés a été lu. (× 1)" in client.get(address(bruno, source)).content.decode()
    client.post(address(bruno, source, "run"))
    jobs.run_pending()
    assert Party.objects.get().mail_refused_at


CARDS = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{name};Ann;;;\r\nEND:VCARD\r\n" for name in ("Roy", "Blais"))


@pytest.mark.parametrize(("answer", "refusing"), [("refused", 2), ("none", 0)])
def test_cards_named_as_those_of_the_unsubscribed_must_be_answered(client, bruno, answer, refusing):
    upload(client, bruno, CARDS, "desabonnes.vcf")
    source = Import.objects.get()
    text = client.get(address(bruno, source)).content.decode()
    assert (source.state, "fait penser à une liste" in text, '<select id="column-' in text) == ("draft", True, False)
    client.post(address(bruno, source, "columns"), {"on_duplicate": "complete"})
    client.post(address(bruno, source, "run"))  # nor by going round the page
    assert jobs.run_pending() == 0
    client.post(address(bruno, source, "columns"), {"on_duplicate": "complete", "refusals-file": answer})
    jobs.run_pending()
    told = client.get(address(bruno, source)).content.decode()
    assert ("Un refus d’envois groupés a été lu. (× 2)" in told) == bool(refusing)
    client.post(address(bruno, source, "run"))
    jobs.run_pending()
    assert Party.objects.count() == 2
    assert Party.objects.exclude(mail_refused_at=None).count() == refusing


@pytest.mark.parametrize("line", ["NOTE:ne plus contacter", "CATEGORIES:Presse,désabonnée"])
def test_words_of_refusal_on_a_card_must_be_answered(client, bruno, line):
    upload(client, bruno, CARDS.replace("N:Roy;Ann;;;", f"N:Roy;Ann;;;\r\n{line}"), "cartes.vcf")
    source = Import.objects.get()
    (key,) = source.refusals
    assert f'name="refusals-{key}"' in client.get(address(bruno, source)).content.decode()
    client.post(address(bruno, source, "columns"), {"on_duplicate": "complete", f"refusals-{key}": "refused"})
    jobs.run_pending()
    client.post(address(bruno, source, "run"))
    jobs.run_pending()
    assert [party.last_name for party in Party.objects.exclude(mail_refused_at=None)] == ["Roy"]


def test_a_property_of_a_card_that_says_a_refusal_is_told(client, bruno):
    upload(client, bruno, CARDS.replace("N:Roy;Ann;;;", "N:Roy;Ann;;;\r\nX-OPT-OUT:1"), "cartes.vcf")
    jobs.run_pending()
    assert Import.objects.get().counts["notes"] == {"refusal_unread": 1}


def test_a_refusal_that_is_read_asks_nothing(client, bruno):
    upload(client, bruno, "Nom;Prénom;Désabonné\nRoy;Ann;oui\n", kind="contacts")
    source = Import.objects.get()
    assert source.mapping[2] == "mail_refused"
    assert "refusals-2" not in client.get(address(bruno, source)).content.decode()
    # Mapped to something else, it is asked about.
    client.post(address(bruno, source, "columns"), mapped(source, **{"column-2": "ignore"}))
    assert 'name="refusals-2"' in client.get(address(bruno, source)).content.decode()
    assert jobs.run_pending() == 0


def test_a_doubtful_guess_is_shown_as_doubtful(client, bruno):
    rows = "".join(f"Roy{i};Ann;01 99 00 12 3{i}\n" for i in range(5))
    upload(client, bruno, f"Nom;Prénom;Joignable\n{rows}", kind="contacts")
    source = Import.objects.get()
    assert source.mapping[2] == "phone"
    assert client.get(address(bruno, source)).content.decode().count("À vérifier") == 1
    client.post(address(bruno, source, "columns"), mapped(source))
    client.post(address(bruno, source, "back"))
    jobs.run_pending()
    client.post(address(bruno, source, "back"))
    assert "À vérifier" not in client.get(address(bruno, source)).content.decode()


def test_columns_are_shown_by_fifty(client, bruno):
    headers = ";".join(["Nom", "Prénom", *(f"Question {i}" for i in range(118)), "", ""])
    upload(client, bruno, f"{headers}\nRoy;Ann{';oui' * 118};;\n", kind="contacts")
    text = client.get(address(bruno, Import.objects.get())).content.decode()
    assert text.count('<select id="column-') == 120
    assert "50 autres colonnes" in text
    assert "20 autres colonnes" in text
    assert "2 colonnes sans titre ni valeur ne sont pas montrées." in text


def test_the_row_of_the_headings_and_the_order_of_dates_can_be_chosen(client, bruno):
    upload(client, bruno, "Liste;2026;x\nNom;Prénom;Né le\nRoy;Ann;03/04/1990\n", kind="contacts")
    source = Import.objects.get()
    client.post(
        address(bruno, source, "reading"),
        {"encoding": "utf-8", "delimiter": ";", "has_header": "on", "header_row": 2},
    )
    jobs.run_pending()
    source.refresh_from_db()
    assert (source.headers, source.mapping) == (["Nom", "Prénom", "Né le"], ["last_name", "first_name", "birth_date"])
    assert 'name="date_order"' in client.get(address(bruno, source)).content.decode()


def test_columns_that_are_left_out_and_cells_beyond_the_header_are_told(client, bruno):
    upload(client, bruno, "Nom;Prénom;Zorglub\nRoy;Ann;bleu;au-delà\nBlais;Zoé;vert\n", kind="contacts")
    source = Import.objects.get()
    client.post(address(bruno, source, "columns"), mapped(source))
    jobs.run_pending()
    preview = client.get(address(bruno, source)).content.decode()
    assert "Colonnes laissées de côté\xa0: Zorglub, colonne 4." in preview
