"""The tab «Fiche client/membre» (C2) and the positions of a contact (A1, A2)."""

import pytest

from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party, Position
from entregent.web.links import to

LABELS = "Email|Nom|Prénom|Société|Adresse|Code postal|Ville|Pays|Province|Téléphone|N° TVA Intra".split("|")


@pytest.fixture
def paul(bruno):
    return parties.create(
        bruno, "p",
        {"last_name": "Martin", "first_name": "Paul", "email": "paul@lac.example", "tags": ["presse"],
         "emails": [{"value": "paul@lac.example"}, {"value": "p@lac.example"}], "notes": "Une note",
         "organisation_name": "Chorale"},
    )  # fmt: skip


def sheet(client, by, party) -> dict:
    context = client.get(to(by, "contacts:sheet", party.pk)).context
    return {"version": context["version"]} | {field.name: field.value() or "" for field in context["form"]}


def test_it_has_exactly_its_fields(browse, bruno, paul):
    form = browse(bruno).get(to(bruno, "contacts:sheet", paul.pk)).context["form"]
    assert [str(field.label) for field in form] == [
        "Email", "Nom", "Prénom", "Société", "Adresse", "Code postal", "Ville", "Pays", "Province", "Téléphone",
        "N° TVA Intra",
    ]  # fmt: skip


def test_its_labels_are_on_the_page(browse, bruno, paul):
    html = browse(bruno).get(to(bruno, "contacts:sheet", paul.pk)).content.decode()
    for label in LABELS:
        assert f">{label}" in html


def test_changing_leaves_what_is_not_on_it(browse, bruno, paul):
    client = browse(bruno)
    sent = sheet(client, bruno, paul) | {"city": "Die", "postal_code": "26150", "email": "new@lac.example"}
    answer = client.post(to(bruno, "contacts:sheet", paul.pk), sent)
    assert answer.status_code == 302
    party = Party.objects.get(pk=paul.pk)
    assert (party.city, party.email, party.tag_names, party.notes) == (
        "Die",
        "new@lac.example",
        ["presse"],
        "Une note",
    )
    assert party.channels.filter(value="p@lac.example").exists()
    assert party.organisation_name == "Chorale"


def test_another_company_is_chosen_or_created(browse, bruno, paul):
    client = browse(bruno)
    sent = sheet(client, bruno, paul) | {"organisation": "Fanfare"}
    assert client.post(to(bruno, "contacts:sheet", paul.pk), sent).status_code == 302
    assert Party.objects.get(pk=paul.pk).organisation_name == "Fanfare"


def test_a_reader_sees_it_and_sends_nothing(browse, chloe, paul):
    client, url = browse(chloe), to(chloe, "contacts:sheet", paul.pk)
    html = client.get(url).content.decode()
    assert "paul@lac.example" in html
    assert "Enregistrer" not in html.split("<main")[1]
    assert client.post(url, {"last_name": "X", "first_name": "Y"}).status_code == 403
    assert Party.objects.get(pk=paul.pk).last_name == "Martin"


def test_two_savers_of_the_sheet(browse, bruno, aicha, paul):
    client = browse(bruno)
    sent = sheet(client, bruno, paul)
    parties.update(aicha, paul, {"last_name": "Martineau"})
    answer = client.post(to(bruno, "contacts:sheet", paul.pk), sent | {"city": "Die"})
    assert answer.status_code == 409
    assert Party.objects.get(pk=paul.pk).last_name == "Martineau"


def test_a_place_is_added_changed_closed_and_deleted(browse, bruno, paul):
    client = browse(bruno)
    added = client.post(to(bruno, "positions:new", paul.pk), {"organisation": "Mairie", "function": "Maire"})
    assert added.url == to(bruno, "contacts:positions", paul.pk)
    place = Position.objects.get(function="Maire")
    client.post(to(bruno, "positions:edit", place.pk), {"function": "Adjoint", "since": "2024-01-02"})
    place.refresh_from_db()
    assert (place.function, place.since.isoformat()) == ("Adjoint", "2024-01-02")
    client.post(to(bruno, "positions:close", place.pk))
    place.refresh_from_db()
    assert place.until
    page = client.get(to(bruno, "positions:delete", place.pk)).content.decode()
    assert "Supprimer cette fiche" in page
    assert Position.objects.filter(pk=place.pk).exists()
    client.post(to(bruno, "positions:delete", place.pk))
    assert not Position.objects.filter(pk=place.pk).exists()
    assert Party.objects.filter(name="Mairie").exists()


def test_a_wrong_place_keeps_what_was_typed(browse, bruno, paul):
    sent = {"organisation": "Mairie", "since": "2025-01-01", "until": "2024-01-01", "email": "a@@b"}
    answer = browse(bruno).post(to(bruno, "positions:new", paul.pk), sent)
    assert answer.status_code == 422
    assert 'value="a@@b"' in answer.content.decode()
    assert not Party.objects.filter(name="Mairie").exists()


def test_a_place_is_at_an_organisation_that_is_called_by_a_number(browse, bruno, paul):
    answer = browse(bruno).post(to(bruno, "positions:new", paul.pk), {"organisation": "360360360"})
    assert answer.status_code == 302
    assert paul.positions.filter(organisation__name="360360360").exists()


@pytest.mark.parametrize("name", ["edit", "close", "delete"])
def test_a_place_at_a_hidden_organisation_is_not_there(browse, bruno, aicha, paul, name):
    hidden = parties.create(bruno, "o", {"name": "Discrète", "visibility": {"mode": "creator"}})
    place = positions.attach(bruno, paul, {"organisation": hidden.pk})
    assert browse(aicha).post(to(aicha, f"positions:{name}", place.pk)).status_code == 404


@pytest.mark.parametrize("name", ["edit", "close", "delete"])
def test_a_reader_touches_no_place(browse, chloe, paul, name):
    place = paul.positions.get()
    assert browse(chloe).post(to(chloe, f"positions:{name}", place.pk)).status_code == 403
    assert Position.objects.filter(pk=place.pk, until=None).exists()
