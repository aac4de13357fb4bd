"""The operator's console and what accounts read of it: accounts, synchronisation, corrections, changes."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from entregent.accounts import jobs
from entregent.accounts.models import Account, Invitation, Membership
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Correction, Party
from entregent.exchange.models import Sync
from entregent.web.links import to

BODIES = "Code;Nom;Ville\nM1;Mairie d’Aubrac;Aubrac\nM2;Mairie de Belval;Belval\n"
PEOPLE = "Code;Nom;Prénom;Code organisme;Fonction\nP1;Roy;Léa;M1;Maire\nP2;Petit;Jean;M2;Maire\n"


@pytest.fixture
def console(sonia, browse):
    return browse(sonia)


def give(console, sonia, content: str, kind: str = "guess", **options: str) -> tuple[Sync, str]:
    """Upload, map as guessed, compare."""
    data = {"file": SimpleUploadedFile("fichier.csv", content.encode()), "kind": kind}
    assert console.post(to(sonia, "service:syncs"), data).status_code == 302
    jobs.run_pending()
    with inside(sonia.account):
        sync = Sync.objects.first()
    mapping = {f"column-{index}": code for index, code in enumerate(sync.mapping)}
    console.post(to(sonia, "service:sync_columns", sync.pk), mapping | options)
    jobs.run_pending()
    return sync, console.get(to(sonia, "service:sync", sync.pk)).content.decode()


def apply(console, sonia, sync: Sync) -> str:
    console.post(to(sonia, "service:sync_run", sync.pk))
    jobs.run_pending()
    return console.get(to(sonia, "service:sync", sync.pk)).content.decode()


@pytest.fixture
def filled(console, sonia):
    apply(console, sonia, give(console, sonia, BODIES, "organisations")[0])
    apply(console, sonia, give(console, sonia, PEOPLE)[0])


def test_from_file_to_result_and_back(console, sonia, filled):
    changed = PEOPLE.replace("Léa", "Éléa").replace("P2;Petit;Jean;M2;Maire\n", "P3;Neuf;Max;M9;Maire\n")
    sync, preview = give(console, sonia, changed, complete="on")
    assert "rien n’est encore écrit" in preview
    for words in ("À modifier", "Éléa Roy", "Plus en fonction", "Lignes à corriger", "Appliquer 2 changements"):
        assert words in preview, words
    rejected = console.get(to(sonia, "service:sync", sync.pk) + "?voir=rejected").content.decode()
    assert "Synchronisez d’abord le fichier des organismes." in rejected
    result = apply(console, sonia, sync)
    assert "L’annuaire partagé est à jour de ce fichier." in result
    with inside(sonia.account):
        assert Party.objects.get(code="P1").first_name == "Éléa"
    undo = to(sonia, "service:sync_undo", sync.pk)
    assert "2 fiches redeviennent" in console.get(undo).content.decode()
    console.post(undo)
    jobs.run_pending()
    assert "Cette synchronisation a été annulée." in console.get(to(sonia, "service:sync", sync.pk)).content.decode()
    with inside(sonia.account):
        assert Party.objects.get(code="P1").first_name == "Léa"
        assert Party.objects.get(code="P2").retired_at is None


def test_a_missing_column_is_named_and_nothing_compared(console, sonia):
    sync, _page = give(console, sonia, "Nom;Prénom\nRoy;Léa\n", "contacts")
    mapping = {"column-0": "last_name", "column-1": "first_name"}
    refused = console.post(to(sonia, "service:sync_columns", sync.pk), mapping)
    assert "Aucune colonne ne donne\u00a0: Identifiant (sert à comparer)." in refused.content.decode()
    with inside(sonia.account):
        assert Sync.objects.get().state == "draft"


def test_a_file_is_read_another_way_and_keeps_its_identifier(console, sonia):
    data = {
        "file": SimpleUploadedFile("f.csv", "Réf;Nom\nM1;Mairie d’Évette\n".encode("utf-16")),
        "kind": "organisations",
    }
    console.post(to(sonia, "service:syncs"), data)
    jobs.run_pending()
    with inside(sonia.account):
        sync = Sync.objects.get()
    assert sync.mapping == ["code", "name"]
    reading = {"encoding": "utf-16", "delimiter": ",", "has_header": "on"}
    address = to(sonia, "service:sync", sync.pk)
    console.post(to(sonia, "service:sync_reading", sync.pk), reading)
    jobs.run_pending()
    assert "Réf;Nom" in console.get(address).content.decode()
    console.post(to(sonia, "service:sync_reading", sync.pk), reading | {"delimiter": ";"})
    jobs.run_pending()
    page = console.get(address)
    with inside(sonia.account):
        sync.refresh_from_db()
    assert (sync.mapping, "d’Évette" in page.content.decode()) == (["code", "name"], True)


def test_a_function_that_nothing_is_taken_of_is_said(console, sonia, filled):
    _sync, preview = give(console, sonia, "Code;Nom;Prénom;Fonction\nP1;Roy;Éléa;Maire\n", "contacts")
    assert "Rien n’est repris de ces colonnes\u00a0: Fonction." in preview
    assert "une colonne qui nomme l’organisme" in preview
    _sync, preview = give(console, sonia, PEOPLE)
    assert "Rien n’est repris" not in preview


def test_rows_to_mend_are_downloaded(console, sonia, filled):
    sync, _preview = give(console, sonia, PEOPLE + "P3;Neuf;Max;M9;Maire\n")
    address = to(sonia, "service:sync_rejects", sync.pk)
    rejected = console.get(to(sonia, "service:sync", sync.pk) + "?voir=rejected").content.decode()
    assert f'href="{address}?format=csv"' in rejected
    answer = console.get(address + "?format=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="fichier.rejets.csv"'
    _headers, row = answer.getvalue().decode().splitlines()
    assert row.startswith("P3;Neuf;Max;M9;Maire;")
    assert console.get(address).content.startswith(b"PK")


def test_half_a_file_is_asked_about(console, sonia, filled):
    content = PEOPLE + "".join(f"Q{number};Nom{number};Paul;M1;Agent\n" for number in range(6))
    apply(console, sonia, give(console, sonia, content)[0])
    sync, preview = give(console, sonia, PEOPLE, complete="on")
    assert "Serait-ce la moitié d’un fichier" in preview
    page = console.post(to(sonia, "service:sync_run", sync.pk)).content.decode()
    assert "Serait-ce la moitié d’un fichier" in page
    with inside(sonia.account):
        sync.refresh_from_db()
        assert sync.state == "checked"


def test_an_identifier_twice_is_said_in_one_sentence(console, sonia, filled):
    _sync, page = give(console, sonia, PEOPLE + "P1;Roy;Zoé;M1;Maire\n")
    assert "Le même identifiant revient deux fois dans ce fichier (P1) : corrigez-le" in page
    assert '<li aria-current="step">Colonnes</li>' in page


def test_an_account_is_opened_and_its_administrator_invited(console, sonia, django_capture_on_commit_callbacks):
    data = {"name": "Ville de Brume", "slug": "brume", "email": "chef@brume.example",
            "organisation_word": "organisme", "country": "FR", "timezone": "Europe/Paris"}  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        response = console.post(to(sonia, "service:account_new"), data, follow=True)
    page = response.content.decode()
    assert "Ville de Brume" in page
    account = Account.objects.get(slug="brume")
    assert account.reference_id == sonia.account.pk
    with inside(account):
        assert Invitation.objects.get().role.code == "administrator"
        assert not Membership.objects.exists()
    assert mail.outbox[0].to == ["chef@brume.example"]
    again = console.post(to(sonia, "service:account_new"), data)
    assert "Cette adresse est prise" in again.content.decode()


def test_the_operator_sees_how_much_and_not_what(console, sonia, bruno):
    parties.create(bruno, "p", {"last_name": "Zorglub", "first_name": "Xénia"})
    page = console.get(to(sonia, "service:accounts")).content.decode()
    assert "Les Amis du lac" in page
    assert "Zorglub" not in page


@pytest.mark.parametrize("name", ["accounts", "account_new", "syncs", "corrections"])
def test_nobody_else_enters(service, name, browse, aicha):
    assert browse(aicha).get(to(aicha, f"service:{name}")).status_code == 403


def test_what_changed_is_read_by_accounts(console, sonia, filled, browse, chloe):
    apply(console, sonia, give(console, sonia, "Code;Nom;Prénom;Code organisme;Fonction\nP2;Petit;Jean;M2;Maire\n"
                               "P3;Neuve;Ève;M1;Maire\n", complete="on")[0])  # fmt: skip
    page = browse(chloe).get(to(chloe, "changes:page")).content.decode()
    assert "n’est plus en fonction" in page
    assert "À sa place" in page
    assert "Ève Neuve" in page
    assert "Sonia" not in page


def test_the_weekly_mail_is_asked_for_and_given_up(service, browse, chloe):
    client, address = browse(chloe), to(chloe, "changes:weekly")
    client.post(address, {"weekly": "1"})
    assert Membership.objects.get(pk=chloe.membership_id).weekly_changes
    client.post(address, {"weekly": "0"})
    assert not Membership.objects.get(pk=chloe.membership_id).weekly_changes


def test_a_correction_from_the_account_to_the_directory(console, sonia, filled, browse, bruno):
    lea = Party.readable.get(code="P1")
    client = browse(bruno)
    page = client.get(to(bruno, "changes:propose", lea.pk)).content.decode()
    assert "Proposer une correction" in page
    client.post(to(bruno, "changes:propose", lea.pk), {"field": "first_name", "proposed": "Zoé", "comment": "Sûr"})
    correction = Correction.objects.get()
    assert "En attente du service" in client.get(to(bruno, "changes:proposals")).content.decode()
    address = to(sonia, "service:correction", correction.pk)
    shown = console.get(address).content.decode()
    assert "Les Amis du lac" in shown
    assert "Bruno" not in shown
    console.post(address, {"accept": "1", "text": "Merci"})
    assert Party.readable.get(code="P1").first_name == "Zoé"
    answered = client.get(to(bruno, "changes:proposals")).content.decode()
    assert "Acceptée" in answered
    assert "Merci" in answered


def test_my_corrections_lead_to_a_record_that_was_added_to_since(filled, browse, bruno):
    lea = Party.readable.get(code="P1")
    client = browse(bruno)
    client.post(to(bruno, "changes:propose", lea.pk), {"field": "first_name", "proposed": "Zoé"})
    parties.update(bruno, lea, {"notes": "À rappeler"})
    link = re.search(r'href="(/lac/changements/corrections/\d+/)"', client.get(to(bruno, "changes:proposals")).text)
    assert "Zoé" in client.get(link[1]).text


def test_one_s_own_record_is_edited_not_proposed(service, browse, bruno):
    own = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Léa"})
    response = browse(bruno).get(to(bruno, "changes:propose", own.pk))
    assert response["Location"] == to(bruno, "contacts:edit", own.pk)


def test_another_account_s_record_is_not_there(service, browse, bruno, dimitri):
    own = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Léa"})
    assert browse(dimitri).get(to(dimitri, "changes:propose", own.pk)).status_code == 404
