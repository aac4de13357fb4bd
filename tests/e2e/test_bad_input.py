"""Bad input and bad luck: a clear sentence, nothing half written, nothing typed lost."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Page, expect
from tests.cast import PASSWORD

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.directory.models import Party

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPTS = ("<script>window.hurt=1</script>", '"><img src=x onerror=window.hurt=1>', "{{7*7}}")


@pytest.fixture
def marie(aicha: Actor, transactional_db) -> Party:
    card = {"last_name": "Delorme", "first_name": "Marie", "email": "marie@lac.example", "phone": "04 75 87 81 00"}
    return parties.create(aicha, "p", card)


def fill(page: Page, **values: str) -> None:
    """Type into the fields of a record's form by their names in the form."""
    for name, value in values.items():
        page.locator(f"#record [name={name}]").fill(value)


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()


@pytest.mark.may_log("409")
def test_the_second_of_two_savers_sees_what_the_first_changed_and_chooses(
    enter: Callable, bruno, aicha, marie
) -> None:
    page = enter(bruno, f"contacts/{marie.pk}/modifier/")
    parties.update(aicha, marie, {"first_name": "Marie-Claude", "phone": "01 99 00 11 22"})
    fill(page, first_name="Marie-Ève", last_name="Lévesque")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aïcha Benali a modifié cette fiche")
    row = page.get_by_role("row", name=re.compile("Prénom"))
    expect(row).to_contain_text("Marie-Ève")
    expect(row).to_contain_text("Marie-Claude")
    row.get_by_label("Marie-Claude").check()
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Marie-Claude Lévesque")
    now = Party.objects.get(pk=marie.pk)
    assert (now.first_name, now.last_name, now.phone) == ("Marie-Claude", "Lévesque", "01 99 00 11 22")


def test_a_lost_session_in_the_middle_of_a_form_loses_nothing(enter: Callable, aicha) -> None:
    page = enter(aicha, "contacts/ajouter/")
    page.on("dialog", Dialog.accept)
    fill(page, last_name="Gagné", first_name="Éloïse", email="eloise@lac.example")
    Session.objects.all().delete()
    save(page)
    expect(page).to_have_url(re.compile("/connexion/"))
    assert not Party.objects.exists()
    page.get_by_label("Email").fill("aicha@lac.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.locator("#id_last_name")).to_have_value("Gagné")
    expect(page.locator("#id_email")).to_have_value("eloise@lac.example")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Éloïse Gagné")
    assert Party.objects.count() == 1


def test_a_form_sent_twice_creates_one_contact(enter: Callable, aicha) -> None:
    page = enter(aicha, "contacts/ajouter/")
    fill(page, last_name="Gagné", first_name="Éloïse")
    page.get_by_role("button", name="Enregistrer", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Éloïse Gagné")
    page.go_back()
    page.go_forward()
    assert Party.objects.count() == 1


@pytest.mark.may_log("422")
def test_an_email_in_use_names_its_holder_and_leads_there(enter: Callable, aicha, marie) -> None:
    page = enter(aicha, "contacts/ajouter/")
    page.on("dialog", Dialog.accept)
    fill(page, last_name="Autre", first_name="Anne", email="MARIE@Lac.example")
    save(page)
    expect(page.locator("#record")).to_contain_text("Marie Delorme")
    expect(page.locator("#id_last_name")).to_have_value("Autre")
    page.locator("#record").get_by_role("link", name=re.compile("Marie Delorme|Ouvrir")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Marie Delorme")
    assert Party.objects.count() == 1


@pytest.mark.may_log("422")
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("vat_number", "FR 44 732 829 321", "TVA"),
        ("last_name", "N" * 10_000, "caractères"),
        ("email", "pas une adresse", "adresse"),
        ("phone", "appeler le soir", "téléphone|numéro"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(
    enter: Callable, aicha, name: str, value: str, said: str
) -> None:
    page = enter(aicha, "contacts/ajouter/")
    page.on("dialog", Dialog.accept)
    page.get_by_text("Plus de champs").click()
    fill(page, **{"last_name": "Roy", "first_name": "Jean", name: value})
    save(page)
    summary = page.locator("[data-errors]")
    expect(summary).to_contain_text(re.compile(said, re.I))
    expect(page.locator(f"#id_{name}")).to_be_focused()
    expect(page.locator(f"#id_{name}")).to_have_value(value)
    expect(page.locator(f"#id_{name}")).to_have_attribute("aria-invalid", "true")
    assert not Party.objects.exists()


def test_control_characters_do_no_harm(enter: Callable, aicha) -> None:
    page = enter(aicha, "contacts/ajouter/")
    fill(page, last_name="Ro\u0007y\u202e", first_name="Jean\u200b")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Jean Roy")


def test_scripts_in_every_field_are_shown_as_they_are(enter: Callable, aicha) -> None:
    script = " ".join(SCRIPTS)
    card = {
        "last_name": script, "first_name": script, "notes": script, "function": script, "organisation_name": script,
        "tags": list(SCRIPTS), "code": script[:30], "address": {"street": script, "city": script},
    }  # fmt: skip
    party = parties.create(aicha, "p", card)
    page = enter(aicha, f"contacts/{party.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(script)
    for path in (f"{party.pk}/modifier/", f"{party.pk}/historique/", f"{party.pk}/organismes/", "", "?q=script"):
        page.goto(page.url.partition("/contacts/")[0] + "/contacts/" + path)
    for path in ("/infobox/", "/recherche/?q=script", "/saisir/modifier/?quoi=contact&q=img", "/organismes/", "/"):
        page.goto(page.url.partition("/lac/")[0] + "/lac" + path)
    page.goto(page.url.partition("/lac/")[0] + "/lac/contacts/")
    expect(page.get_by_role("table")).to_contain_text(script)
    assert page.evaluate("window.hurt") is None
    assert "49" not in page.get_by_role("table").inner_text()


def test_scripts_in_an_imported_file_are_shown_as_they_are(enter: Callable, aicha, worker) -> None:
    page = enter(aicha, "import/")
    quoted = [script.replace('"', '""') for script in SCRIPTS]
    rows = "".join(f'Roy;"{script}";;"{script}"\n' for script in quoted)
    rows += "".join(f"Roy;Ann;;ann{number}@lac.example\n" for number in range(9))  # so that it is a column of e-mails
    content = f"Nom;Prénom;<script>hurt</script>;E-mail\n{rows}"
    page.set_input_files("input[type=file]", {"name": "<b>a.csv", "mimeType": "text/csv", "buffer": content.encode()})
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("table")).to_contain_text("<script>hurt</script>")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("table")).to_contain_text("{{7*7}}")
    assert page.evaluate("window.hurt") is None


def test_the_back_button_comes_back_to_the_list_as_it_was(enter: Callable, aicha, marie) -> None:
    page = enter(aicha, "contacts/")
    page.get_by_label("Rechercher dans la liste").fill("mari")
    expect(page).to_have_url(re.compile("q=mari"))
    page.get_by_role("table").get_by_role("link", name="Marie Delorme", exact=True).click()
    page.go_back()
    expect(page.get_by_label("Rechercher dans la liste")).to_have_value("mari")
    expect(page.get_by_role("table")).to_contain_text("Marie Delorme")
