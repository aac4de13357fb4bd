"""«Champs personnalisés» in «Paramètres»: made, changed, put in order, retired, restored, previewed."""

import pytest
from tests.queries import assert_flat

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.directory.models import CustomField, Party

URL = "/lac/parametres/champs/"
BLANK = {"type": "text", "section": "", "help": "", "towards": "invisible"}


def choice_rows(*rows: dict[str, str], initial: int = 0) -> dict[str, str]:
    sent = {"choices-TOTAL_FORMS": str(len(rows)), "choices-INITIAL_FORMS": str(initial)}
    return sent | {f"choices-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}


def test_a_field_is_added_and_changed(browse, aicha: Actor):
    client = browse(aicha)
    assert "Aucun champ personnalisé" in client.get(URL).content.decode()
    given = BLANK | {"label": "Formule", "type": "choice", "section": "Adhésion", "required": "on"}
    response = client.post(f"{URL}creer/", given | choice_rows({"label": "Famille"}, {"label": ""}, {"label": "Ami"}))
    assert response.status_code == 302, response.content.decode()
    field = CustomField.objects.get()
    assert [choice["code"] for choice in field.choices] == ["famille", "ami"]
    assert field.required
    page = client.get(URL).content.decode()
    assert "Adhésion" in page
    assert "Obligatoire" in page
    ann = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "custom": {"formule": "ami"}})
    url = f"{URL}{field.pk}/"
    page = client.get(url).content.decode()
    assert "Le type ne peut plus changer" in page
    rows = ({"code": "famille", "label": "Famille"}, {"code": "ami", "label": "Ami", "remove": "on"})
    response = client.post(url, BLANK | {"label": "Formule"} | choice_rows(*rows, initial=2))
    assert "est utilisé" in response.content.decode()
    rows[1]["replace"] = "famille"
    assert client.post(url, BLANK | {"label": "Formules"} | choice_rows(*rows, initial=2)).status_code == 302
    assert CustomField.objects.get().label == "Formules"
    assert Party.objects.get(pk=ann.pk).custom == {"formule": "famille"}


def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(browse, aicha: Actor):
    fields.create(aicha, "p", label="Taille")
    response = browse(aicha).post(f"{URL}creer/", BLANK | {"label": "TAILLE", "help": "En cm"} | choice_rows())
    page = response.content.decode()
    assert "Il y a déjà un champ de ce nom" in page
    assert "En cm" in page


def test_one_more_choice_keeps_what_was_typed(browse, aicha: Actor):
    sent = BLANK | {"label": "Formule", "more": "choices"} | choice_rows({"label": "Famille"})
    page = browse(aicha).post(f"{URL}creer/", sent).content.decode()
    assert "Famille" in page
    assert 'name="choices-1-label"' in page
    assert not CustomField.objects.exists()


def test_fields_move_retire_and_come_back(browse, aicha: Actor):
    client = browse(aicha)
    one, two = (fields.create(aicha, "o", label=label) for label in ("Un", "Deux"))
    response = client.post(f"{URL}{two.pk}/deplacer/", {"vers": "haut"})
    assert response["Location"] == f"{URL}?pour=organismes#champ-{two.pk}"
    page = client.get(f"{URL}?pour=organismes").content.decode()
    assert page.index("Deux") < page.index("<strong>Un")
    assert client.get(f"{URL}{one.pk}/retirer/").status_code == 200
    client.post(f"{URL}{one.pk}/retirer/")
    page = client.get(f"{URL}?pour=organismes").content.decode()
    assert "Retirés" in page
    client.post(f"{URL}{one.pk}/retablir/")
    assert CustomField.objects.get(pk=one.pk).retired_at is None


def test_the_preview_shows_the_form(browse, aicha: Actor):
    fields.create(aicha, "p", label="Permis", type="boolean", section="Bateau", help="Côtier ou hauturier")
    page = browse(aicha).get(f"{URL}apercu/").content.decode()
    for words in ("Bateau", "Permis", "Côtier ou hauturier", "Oui"):
        assert words in page


@pytest.mark.parametrize("url", [URL, f"{URL}apercu/"])
def test_a_list_of_fields_asks_no_more_for_more(browse, aicha: Actor, url):
    client = browse(aicha)

    def grow() -> None:
        for number in range(20):
            choices = {"type": "choices", "choices": ["Un", "Deux", "Trois"]}
            fields.create(aicha, "p", label=f"Champ {number}", section=f"S{number % 4}", **choices)

    fields.create(aicha, "p", label="Premier")
    assert_flat(lambda: client.get(url), grow)


def test_a_field_with_many_choices_asks_no_more(browse, aicha: Actor):
    field = fields.create(aicha, "p", label="Formule", type="choice", choices=["Un", "Deux"])
    client = browse(aicha)

    def grow() -> None:
        fields.change(aicha, field, choices=[*field.choices, *(f"Choix {number}" for number in range(30))])

    assert_flat(lambda: client.get(f"{URL}{field.pk}/"), grow)
