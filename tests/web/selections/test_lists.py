"""The lists of contacts and organisations: their contents, permissions and cost."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from tests.queries import assert_flat, queries

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.scope import inside
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.standing import states
from entregent.directory.models import Party
from entregent.directory.selections import asking
from entregent.web.toolbox.chosen import Chosen

SCRIPT = "<script>alert(1)</script>\"'&"


def add(by: Actor, number: int, **card) -> list[Party]:
    base = {"last_name": "Martin", "organisation_name": "Mairie", "tags": ["presse", "élus", "congrès"]}
    return [
        parties.create(by, "p", base | {"first_name": f"Paul {index}", "email": f"p{index}@lac.example"} | card)
        for index in range(number)
    ]


def rows(client: Client, url: str, **headers) -> list[str]:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    return re.findall(r"data-open>([^<]*)</a>", answer.content.decode())


def test_it_shows_who_is_there(aicha, browse):
    add(aicha, 1, phone="02 61 91 23 45", function="Maire", address={"city": "Crest"})
    html = browse(aicha).get("/lac/contacts/").content.decode()
    for shown in ("Paul 0 Martin", "Mairie", "Maire", "p0@lac.example", "02 61 91 23 45", "Crest", "Actif", "+1"):
        assert shown in html
    assert 'aria-label="Ouvrir la fiche\u00a0: Paul 0 Martin"' in html
    assert 'aria-label="Sélectionner Paul 0 Martin"' in html
    assert "<title>Contacts – Entregent</title>" in re.sub(r"\s+–", " –", html)


def test_a_state_is_a_colour_and_a_word(aicha, browse):
    states.deactivate(aicha, add(aicha, 1))
    assert (
        '<span class="state off"><span class="dot"></span> Inactif</span>' in browse(aicha).get("/lac/contacts/").text
    )


def test_what_someone_typed_is_shown_and_never_run(aicha, browse):
    add(
        aicha, 1, last_name=SCRIPT, function=SCRIPT, organisation_name=SCRIPT, tags=[SCRIPT], address={"city": SCRIPT}
    )
    for url in ("/lac/contacts/", "/lac/organismes/", "/lac/recherche/?q=alert", "/lac/contacts/?q=" + SCRIPT):
        html = browse(aicha).get(url).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html


def test_each_sees_their_own_part(aicha, bruno, chloe, browse):
    add(aicha, 1)
    add(aicha, 1, first_name="Caché", email="", visibility={"mode": "creator"})
    for url in ("/lac/contacts/", "/lac/contacts/?q=martin", "/lac/contacts/?tag=presse", "/lac/recherche/?q=martin"):
        assert len(rows(browse(aicha), url)) == 2
        assert rows(browse(bruno), url) == ["Paul 0 Martin"]
        assert rows(browse(chloe), url) == ["Paul 0 Martin"]


def test_another_account_is_not_there(aicha, dimitri, browse):
    add(aicha, 1)
    assert browse(dimitri).get("/lac/contacts/").status_code == 404
    assert rows(browse(dimitri), "/voisin/contacts/") == []


def test_it_pages_there_and_back(aicha, browse):
    add(aicha, 60)
    client = browse(aicha)
    first = client.get("/lac/contacts/").content.decode()
    assert "60 contacts" in first
    url = re.search(r'href="(\?[^"]*)"[^>]*rel="next"', first)[1].replace("&amp;", "&")
    second = client.get("/lac/contacts/" + url).content.decode()
    assert len(re.findall("<tr data-row", first)), len(re.findall("<tr data-row", second)) == (50, 10)
    assert 'rel="next"' not in second
    back = re.search(r'href="(\?[^"]*)"[^>]*rel="prev"', second)[1].replace("&amp;", "&")
    assert rows(client, "/lac/contacts/" + back) == rows(client, "/lac/contacts/")


def test_a_damaged_cursor_leads_to_the_first_page(aicha, browse):
    answer = browse(aicha).get("/lac/contacts/?tag=presse&cursor=x", follow=True)
    assert answer.redirect_chain == [("/lac/contacts/?tag=presse", 302)]
    assert "L’adresse de cette page est abîmée" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ("tag=presse", "Balise est «\xa0presse\xa0»"),
        ("active=non", "Inactif"),
        ("country=FR", "Pays est France"),
        ("language=fr", "Langue est Français"),
        ("no_action_for=90", "Sans action depuis 90 jours"),
        ("added_since=2026-01-02", "Ajouté depuis le 2 janvier 2026"),
        ("q=marie", "Recherche\xa0: «\xa0marie\xa0»"),
        ("active=peut-etre", "«\xa0peut-etre\xa0»\xa0: Répondez par oui ou par non."),
    ],
)
def test_each_condition_is_a_sentence_and_can_be_taken_away(aicha, browse, query, chip):
    html = browse(aicha).get(f"/lac/contacts/?{query}").content.decode()
    assert chip in html
    assert f"Retirer le filtre\xa0: {chip}" in html


def test_a_list_that_the_reader_does_not_see_is_told_as_one_that_is_not_there(aicha, bruno, browse):
    def chip(query: str) -> str:
        html = browse(bruno).get(f"/lac/contacts/?{query}").content.decode()
        chip = re.search(r'class="chip">(.*?) <a href="[^"]*" hx-get', html)[1]
        return unescape(re.sub("<[^>]*>", "", chip))

    add(aicha, 1)
    hidden = lists.create(aicha, {"name": "Zorglub", "category": "C", "reach": "me"})
    behind = {"name": "Tous", "category": "C", "kind": "dynamic", "search": {"kind": "p", "list": str(hidden.pk)}}
    shared = lists.create(aicha, behind)
    assert chip(f"list={hidden.pk}") == chip("list=987654")
    assert "liste dynamique" not in browse(bruno).get("/lac/contacts/?list=987654").content.decode()
    gone = "a été supprimée ou ne vous est pas visible. Choisissez-en une autre."
    assert chip("list=987654").endswith(f"\xa0: Cette liste {gone}")
    assert chip(f"f=not(list:{hidden.pk})").endswith(f"\xa0: Cette liste {gone}")
    assert "Tous" in chip(f"list={shared.pk}")
    assert chip(f"list={shared.pk}").endswith(f"faite d’une autre, qui {gone}")


def test_a_search_that_is_made_of_too_many_conditions_says_so(aicha, browse, monkeypatch):
    monkeypatch.setattr(asking, "MOST_ASKED", 1)
    html = browse(aicha).get("/lac/contacts/?city=Crest&active=oui").content.decode()
    assert "cette recherche a plus de 1 conditions" in html


@pytest.mark.parametrize("query", ["tags=Presse", "tag=%00", "q=%00", "tag=presse&tag=eau", "tags=Presse&city="])
def test_a_mistyped_address_shows_and_changes_nobody(aicha, browse, query):
    add(aicha, 2, tags=["presse"])
    client = browse(aicha)
    for kind, page in (("p", "contacts"), ("o", "organismes")):
        answer = client.get(f"/lac/{page}/?{query}", follow=True)
        assert not rows(client, f"{answer.request['PATH_INFO']}?{answer.request['QUERY_STRING']}")
        html = answer.content.decode()
        said = re.findall(r'href="(/lac/[^"?]*export[^"]*)"', html)
        assert said
        assert client.get(unescape(said[0])).context["count"] == 0
        chosen = Chosen.read(aicha, QueryDict(urlencode({"kind": kind, "all": "1", "selection": query})))
        assert chosen.count == 0


def test_a_condition_that_there_is_not_is_told_and_taken_away(aicha, browse):
    html = browse(aicha).get("/lac/contacts/?tags=Presse&city=Crest").content.decode()
    assert "Il n’y a pas de condition du nom de" in html
    assert 'href="?city=Crest"' in html


def test_a_sent_form_gives_a_clean_address(aicha, browse):
    mairie = parties.create(aicha, "o", {"name": "Mairie"})
    answer = browse(aicha).get("/lac/contacts/?tag=presse&city=&country=&organisation=MAIRIE&sort=name&active=")
    assert answer["Location"] == f"/lac/contacts/?tag=presse&organisation={mairie.pk}&sort=name"


def test_an_organisation_hidden_from_the_reader_is_not_named_by_a_chip(aicha, bruno, browse):
    hidden = parties.create(aicha, "o", {"name": "Cellule", "visibility": {"mode": "creator"}})
    assert "Cellule" in browse(aicha).get(f"/lac/contacts/?organisation={hidden.pk}").text
    assert "Cellule" not in browse(bruno).get(f"/lac/contacts/?organisation={hidden.pk}").text


def test_the_count_is_capped_and_exact_on_demand(aicha, browse, monkeypatch):
    add(aicha, 4)
    monkeypatch.setattr("entregent.directory.selections.whole.MOST_COUNTED", 3)
    client = browse(aicha)
    html = client.get("/lac/contacts/").content.decode()
    assert "3+ contacts" in html
    assert "?compte=exact" in html
    assert "4 contacts" in client.get("/lac/contacts/?compte=exact").content.decode()


def test_nothing_yet_offers_the_ways_in(aicha, chloe, browse):
    html = browse(aicha).get("/lac/contacts/").content.decode()
    for way in ("Ajouter un contact", "Importer un fichier", "Ajouter un organisme"):
        assert way in html
    assert "Ajouter un contact" not in browse(chloe).get("/lac/contacts/").text


def test_nothing_found_offers_to_clear(aicha, browse):
    add(aicha, 1)
    assert "Effacer les filtres" in browse(aicha).get("/lac/contacts/?q=zzz").text


def test_the_accounts_word_is_on_the_page(aicha, browse):
    Account.objects.update(organisation_word="societe")
    html = browse(aicha).get("/lac/organismes/").content.decode()
    assert "Sociétés" in html
    assert "Ajouter une société" in html
    assert "Organismes" not in html


def test_htmx_gets_the_list_alone_with_its_count(aicha, browse):
    add(aicha, 1)
    part = browse(aicha).get("/lac/contacts/", headers={"HX-Request": "true", "HX-Target": "list"}).content.decode()
    assert part.lstrip().startswith('<div id="list">')
    assert '<small class="count" id="count" hx-swap-oob="true">' in part
    assert "<html" not in part


def test_a_reader_gets_no_tools(aicha, chloe, browse):
    add(aicha, 1)
    assert "data-selection-bar" in browse(aicha).get("/lac/contacts/").text
    html = browse(chloe).get("/lac/contacts/").text
    assert "data-selection-bar" not in html
    assert "Importer" not in html


@pytest.mark.parametrize("url", ["/lac/contacts/", "/lac/contacts/?q=paul&tag=presse&sort=-city", "/lac/organismes/"])
def test_its_queries_are_few_and_do_not_grow(aicha, browse, url):
    client = browse(aicha)

    def see() -> None:
        assert client.get(url).status_code == 200

    def grow() -> None:
        with inside(aicha.account):
            for index in range(30):
                card = {"first_name": "Paul", "last_name": f"Autre{index}", "organisation_name": f"Org {index}"}
                parties.create(aicha, "p", card | {"tags": ["presse", f"t{index}"]})

    add(aicha, 3)
    assert_flat(see, grow)
    assert len(queries(see)) <= 9


def test_suggestions_hold_what_one_may_see(aicha, bruno, browse):
    card = {"function": "Agente", "organisation_name": "Cellule", "address": {"city": "Crest"}, "tags": ["presse"]}
    add(aicha, 1, **card, visibility={"mode": "creator"})
    words = {"contacts": "mar", "organismes": "cel", "balises": "PRE", "fonctions": "age", "villes": "cre"}
    for what, typed in words.items():
        url = f"/lac/suggestions/{what}/?q={typed}"
        assert len(browse(aicha).get(url).json()) == 1, what
        expected = 1 if what == "organismes" else 0
        assert len(browse(bruno).get(url).json()) == expected, what
        unasked = browse(bruno).get(f"/lac/suggestions/{what}/").json()
        assert len(unasked) == expected, what


def test_before_anything_is_typed_the_commonest_are_suggested(aicha, browse):
    for index, tags in enumerate([["rare"], ["presse"], ["presse"]]):
        city, town, function = ("Die", "Mairie", "Maire") if index else ("Crest", "Cellule", "Agente")
        words = {"address": {"city": city}, "organisation_name": town, "function": function}
        words |= {"first_name": f"Paul {index}", "email": f"q{index}@lac.example"}
        add(aicha, 1, tags=tags, **words)
    client = browse(aicha)
    expected = {
        "balises": ["presse", "rare"],
        "fonctions": ["Maire", "Agente"],
        "villes": ["Die", "Crest"],
        "organismes": ["Mairie", "Cellule"],
        "contacts": ["Paul 2 Martin", "Paul 1 Martin", "Paul 0 Martin"],
    }
    for what, words in expected.items():
        assert [each["text"] for each in client.get(f"/lac/suggestions/{what}/").json()] == words, what


def test_the_same_word_is_suggested_first_then_those_that_begin_so(aicha, browse):
    add(aicha, 1, tags=["très presse", "presse locale", "presse"])
    found = browse(aicha).get("/lac/suggestions/balises/?q=PRESSE").json()
    assert [each["text"] for each in found] == ["presse", "presse locale", "très presse"]


def test_suggestions_are_ten_at_most_and_four_queries(aicha, browse):
    add(aicha, 12)
    client = browse(aicha)
    answer = client.get("/lac/suggestions/contacts/?q=m").json()
    assert len(answer) == 10
    assert set(answer[0]) == {"value", "text", "hint"}
    assert answer[0]["hint"] == "Mairie"
    assert len(queries(lambda: client.get("/lac/suggestions/contacts/?q=mar"))) <= 4 + 4


def test_search_finds_both_kinds_from_one_letter(aicha, browse):
    add(aicha, 1)
    html = browse(aicha).get("/lac/recherche/?q=ma").content.decode()
    assert "Paul 0 Martin" in html
    assert ">Mairie</a>" in html
    assert "«\xa0ma\xa0»" in html


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"city": "Zzz"}, "Aucune fiche n’a la ville «\u00a0Zzz\u00a0»."),
        ({"f": "not(city:Zzz)"}, "Aucune fiche n’a la ville «\u00a0Zzz\u00a0»."),
        ({"f": "not(tag:Zzz)"}, "La balise «\u00a0Zzz\u00a0» n’existe pas."),
        ({"skill": "Zzz"}, "La compétence «\u00a0Zzz\u00a0» n’existe pas."),
        ({"f": "or(function:Zzz,city:Crest)"}, "La fonction «\u00a0Zzz\u00a0» n’existe pas."),
        ({"postal_code": "99999"}, "Aucune fiche n’a de code postal qui commence par 99999."),
        ({"city": "Crest"}, ""),
        ({"f": "not(city:crest)"}, ""),
    ],
)
def test_a_value_that_no_record_has_is_said(asked: dict, said: str, aicha: Actor, browse):
    """Below a «not», it finds everybody."""
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Zoé", "address": {"city": "Crest"}})
    html = browse(aicha).get("/lac/contacts/", asked).text
    assert said in html
    assert said or "Aucune fiche n’a" not in html


def test_a_value_that_only_hidden_records_have_is_one_that_none_has(aicha: Actor, bruno: Actor, browse):
    hidden = {"address": {"city": "Crest"}, "visibility": {"mode": "creator"}}
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Zoé"} | hidden)
    assert "Aucune fiche n’a la ville" in browse(bruno).get("/lac/contacts/?city=Crest").text
