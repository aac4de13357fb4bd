"""Custom fields on a record's pages: asked for, kept, shown, told, and kept from those who may not see them."""

import pytest
from tests.queries import assert_flat

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.directory.models import Party

SENT = {
    "last_name": "Dupont",
    "first_name": "Marie",
    "language": "fr",
    "visibility": "everyone",
    **{
        f"{name}-{part}_FORMS": "0"
        for name in ("emails", "phones", "websites", "addresses")
        for part in ("TOTAL", "INITIAL")
    },
}


@pytest.fixture
def own(aicha: Actor) -> None:
    choices = {"choices": ["Voile", "Pêche", "Aviron"]}
    fields.create(aicha, "p", label="Taille", type="number", help="En centimètres", section="Mesures", required=True)
    fields.create(aicha, "p", label="Permis", type="boolean", towards="visible")
    fields.create(aicha, "p", label="Sport", type="choice", **choices)
    fields.create(aicha, "p", label="Activités", type="choices", towards="editable", **choices)
    fields.create(aicha, "p", label="Né le", type="date")
    fields.create(aicha, "p", label="Récit", type="long")


VALUES = {
    "custom-taille": "172,5",
    "custom-permis": "non",
    "custom-sport": "voile",
    "custom-activites": ["voile", "aviron"],
    "custom-ne_le": "1980-02-29",
    "custom-recit": "Une\r\ndeux",
}
KEPT = {
    "taille": 172.5,
    "permis": False,
    "sport": "voile",
    "activites": ["voile", "aviron"],
    "ne_le": "1980-02-29",
    "recit": "Une\ndeux",
}


@pytest.mark.usefixtures("own")
def test_a_form_asks_for_each_field_and_keeps_what_is_typed(browse, bruno: Actor):
    client = browse(bruno)
    page = client.get("/lac/contacts/ajouter/").content.decode()
    for words in ("Mesures", "En centimètres", "Permis", "Activités"):
        assert words in page
    refused = client.post(
        "/lac/contacts/ajouter/", SENT | VALUES | {"custom-taille": "grande", "custom-ne_le": "hier"}
    )
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Ce n’est pas un nombre" in page
    assert "Ce n’est pas une date" in page
    assert "grande" in page
    assert client.post("/lac/contacts/ajouter/", SENT | VALUES | {"custom-taille": ""}).status_code == 422
    assert client.post("/lac/contacts/ajouter/", SENT | VALUES).status_code == 302
    assert Party.objects.get().custom == KEPT


@pytest.mark.usefixtures("own")
def test_saving_the_form_as_it_is_changes_nothing(browse, bruno: Actor):
    marie = parties.create(bruno, "p", {"last_name": "Dupont", "first_name": "Marie", "custom": KEPT})
    client = browse(bruno)
    form = client.get(f"/lac/contacts/{marie.pk}/modifier/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    client.post(f"/lac/contacts/{marie.pk}/modifier/", SENT | sent | {"version": "1"})
    assert Party.objects.get().version == 1
    client.post(f"/lac/contacts/{marie.pk}/modifier/", SENT | sent | {"version": "1", "custom-permis": ""})
    assert "permis" not in Party.objects.get().custom


@pytest.mark.usefixtures("own")
def test_the_page_the_sheet_and_the_history_show_them(browse, bruno: Actor, chloe: Actor):
    marie = parties.create(bruno, "p", {"last_name": "Dupont", "first_name": "Marie", "custom": KEPT})
    parties.update(bruno, marie, {"custom": {"sport": "Pêche", "permis": True}})
    client = browse(chloe)
    page = client.get(f"/lac/contacts/{marie.pk}/").content.decode()
    for words in ("172,5", "Voile, Aviron", "29 février 1980", "Mesures"):
        assert words in page
    sheet = client.get(f"/lac/contacts/{marie.pk}/fiche/").content.decode()
    assert sheet.index("Visible par le membre") < sheet.index("Permis") < sheet.index("Invisible pour le membre")
    history = client.get(f"/lac/contacts/{marie.pk}/historique/").content.decode()
    for words in ("Sport", "Voile", "Pêche", "Permis", "Non", "Oui"):
        assert words in history
    seen = client.get(f"/lac/contacts/{marie.pk}/vue-du-contact/").content.decode()
    assert "Voile, Aviron" in seen
    assert "172,5" not in seen


@pytest.mark.usefixtures("own")
def test_the_sheet_saves_them(browse, bruno: Actor):
    marie = parties.create(bruno, "p", {"last_name": "Dupont", "first_name": "Marie", "custom": KEPT})
    sent = {"last_name": "Dupont", "first_name": "Marie", "version": "1", **VALUES, "custom-sport": "peche"}
    assert browse(bruno).post(f"/lac/contacts/{marie.pk}/fiche/", sent).status_code == 302
    assert Party.objects.get().custom == KEPT | {"sport": "peche"}


def test_what_is_sensitive_is_shown_to_those_alone_who_may_see_it(browse, aicha: Actor, bruno: Actor):
    fields.create(aicha, "p", label="Allergies", sensitive=True, approved_by="Ana")
    marie = parties.create(
        aicha, "p", {"last_name": "Dupont", "first_name": "Marie", "custom": {"allergies": "Arachides"}}
    )
    marie = parties.update(aicha, marie, {"custom": {"allergies": "Noisettes"}})
    for by, there in ((aicha, True), (bruno, False)):
        client = browse(by)
        for page in ("", "modifier/", "fiche/", "historique/"):
            text = client.get(f"/lac/contacts/{marie.pk}/{page}").content.decode()
            assert ("Noisettes" in text) is there, page
            assert ("Allergies" in text) is there, page
        assert "N’écrivez pas ici de données de santé" in client.get("/lac/contacts/ajouter/").content.decode()
    history = browse(bruno).get(f"/lac/contacts/{marie.pk}/historique/").content.decode()
    assert "Champ sensible" in history
    assert "modifié" in history
    assert browse(bruno).post(f"/lac/contacts/{marie.pk}/modifier/", SENT | {"version": "2"}).status_code == 302
    assert Party.objects.get().custom == {"allergies": "Noisettes"}


@pytest.mark.usefixtures("own")
def test_two_savers_choose_field_by_field(browse, aicha: Actor, bruno: Actor):
    marie = parties.create(bruno, "p", {"last_name": "Dupont", "first_name": "Marie", "custom": KEPT})
    parties.update(aicha, marie, {"custom": {"sport": "aviron"}})
    sent = SENT | VALUES | {"version": "1", "custom-sport": "peche"}
    conflict = browse(bruno).post(f"/lac/contacts/{marie.pk}/modifier/", sent)
    assert conflict.status_code == 409
    page = conflict.content.decode()
    assert 'name="keep-custom.sport"' in page
    for words in ("Sport", "Pêche", "Aviron"):
        assert words in page
    browse(bruno).post(f"/lac/contacts/{marie.pk}/modifier/", sent | {"version": "2", "keep-custom.sport": "theirs"})
    assert Party.objects.get().custom["sport"] == "aviron"
    browse(bruno).post(f"/lac/contacts/{marie.pk}/modifier/", sent | {"version": "2", "keep-custom.sport": "mine"})
    assert Party.objects.get().custom["sport"] == "peche"


@pytest.mark.parametrize("page", ["", "modifier/", "fiche/", "vue-du-contact/"])
def test_a_record_asks_no_more_for_twenty_fields(browse, aicha: Actor, page):
    fields.create(aicha, "p", label="Champ", towards="visible")
    marie = parties.create(aicha, "p", {"last_name": "Dupont", "first_name": "Marie", "custom": {"champ": "a"}})
    client = browse(aicha)

    def grow() -> None:
        for number in range(20):
            fields.create(aicha, "p", label=f"Champ {number}", type="choice", choices=["A", "B"], towards="visible")
        values = {f"champ_{number}": "a" for number in range(20)}
        parties.update(aicha, marie, {"custom": values})

    assert_flat(lambda: client.get(f"/lac/contacts/{marie.pk}/{page}"), grow)
