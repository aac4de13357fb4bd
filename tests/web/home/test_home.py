"""«Accueil» and the frame: what the role allows, the account's word, at a flat cost."""

import pytest
from tests.queries import assert_flat

from entregent.accounts.models import Account, User
from entregent.accounts.opening import add_member
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection


def test_it_greets_and_tells(aicha, browse):
    parties.create(aicha, "p", {"first_name": "Marie", "last_name": "Delorme"})
    html = browse(aicha).get("/lac/").content.decode()
    for said in ("Bonjour Aïcha", "Dernières actions", "Marie Delorme", "Ajouter un contact", "Importer un fichier"):
        assert said in html


def test_the_menu_is_what_the_role_allows(aicha, chloe, browse):
    full, short = browse(aicha).get("/lac/").text, browse(chloe).get("/lac/").text
    for entry in (
        "Accueil",
        "Contacts",
        "Organismes",
        "Listes",
        "Relation client",
        "Infobox",
        "Saisir",
        "Paramètres",
        "Corbeille",
    ):
        assert f"<span>{entry}</span>" in full
    for entry in ("Saisir", "Corbeille"):
        assert f"<span>{entry}</span>" not in short
    for absent in ("Messagerie", "Doublons", "Campagnes"):
        assert f"<span>{absent}</span>" not in full


def test_the_page_one_is_on_is_marked_once(aicha, browse):
    html = browse(aicha).get("/lac/contacts/").text
    menu = html[html.index('class="main-menu"') : html.index('class="topbar"')]
    assert menu.count('aria-current="page"') == 1


def test_the_accounts_word(aicha, browse):
    Account.objects.update(organisation_word="entreprise")
    html = browse(aicha).get("/lac/").text
    assert "<span>Entreprises</span>" in html
    assert "Ajouter une entreprise" in html


def test_other_accounts_are_one_click_away(aicha, voisin, browse):
    assert "/voisin/" not in browse(aicha).get("/lac/").text
    add_member(voisin, User.objects.get(pk=aicha.user_id), "reader")
    html = browse(aicha).get("/lac/").text
    assert 'href="/voisin/"' in html
    assert "Le Voisin" in html


def test_hidden_records_are_not_told(aicha, bruno, browse):
    parties.create(aicha, "p", {"first_name": "Caché", "last_name": "D", "visibility": {"mode": "creator"}})
    assert "Caché" in browse(aicha).get("/lac/").text
    assert "Caché" not in browse(bruno).get("/lac/").text


def test_its_queries_do_not_grow(aicha, browse):
    client = browse(aicha)

    def grow() -> None:
        with inside(aicha.account):
            for index in range(30):
                parties.create(aicha, "p", {"first_name": "Paul", "last_name": f"N{index}", "tags": [f"t{index}"]})

    for index in range(3):
        parties.create(aicha, "p", {"first_name": "Anne", "last_name": f"M{index}"})
    assert_flat(lambda: client.get("/lac/"), grow)


def test_what_is_to_be_completed_is_counted_as_far_as_one_sees_it(aicha, bruno, browse):
    assert "À compléter" not in browse(aicha).get("/lac/").text
    parties.create(aicha, "o", {"name": "Mairie"})
    for number, seen in enumerate(("everyone", "everyone", "creator")):
        card = {"first_name": "X", "last_name": f"N{number}", "visibility": {"mode": seen}}
        Party.objects.filter(pk=parties.create(aicha, "p", card).pk).update(first_name="" if number else "X")
    shown = '<a class="tile" href="/lac/contacts/?incomplete=true"><strong>{}</strong> À compléter</a>'
    assert shown.format(2) in browse(aicha).get("/lac/").text
    assert shown.format(1) in browse(bruno).get("/lac/").text
    assert "N1" in browse(bruno).get("/lac/contacts/?incomplete=true").text


@pytest.mark.only_on("sqlite")
def test_they_are_counted_by_an_index(aicha):
    """A million complete contacts take no time: the index holds none of them."""
    plan = Selection("p", conditions={"incomplete": "true"}).parties(aicha).order_by().values("pk").explain()
    assert "party_incomplete" in plan
