"""«Listes» in the browser's eyes: found, made, changed, filled; what a role may not do is not there."""

import re

import pytest
from django.urls import reverse
from tests.queries import assert_flat

from entregent.accounts.actor import Actor
from entregent.actions.bin import bin as bin_actions
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.models import ChosenSet
from entregent.actions.parties import parties
from entregent.directory.lists.lists import members
from entregent.directory.models import ContactList, ListMember, Party


def at(name: str, *args) -> str:
    return reverse(f"lists:{name}", args=["lac", *args])


def someone(by: Actor, name: str, **card) -> Party:
    return parties.create(by, "p", {"last_name": name, "first_name": "Ann"} | card)


@pytest.fixture
def presse(aicha: Actor) -> ContactList:
    return lists.create(aicha, {"name": "Presse", "category": "Communication"})


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.content.decode())


FORM = {"name": "Radio", "reach": "all", "description": ""}


def test_the_lists_are_shown_by_category_with_their_counts(aicha: Actor, browse, presse: ContactList):
    list_members.add(aicha, presse, [someone(aicha, "Roy"), someone(aicha, "Gagnon", tags=["eau"])])
    search = {"kind": "p", "tag": "eau"}
    lists.create(aicha, {"name": "Eau", "category": "Projets", "kind": "dynamic", "search": search})
    page = text(browse(aicha).get(at("list")))
    assert page.index("Communication") < page.index("Presse")
    assert '<td class="number" data-label="Membres">2</td>' in page
    assert '<td class="number" data-label="Membres">1</td>' in page
    assert "Presse" not in text(browse(aicha).get(at("list"), {"q": "eau"}))
    assert "Presse" in text(browse(aicha).get(at("list"), {"category": presse.category_id}))
    assert browse(aicha).get(at("list"), {"category": "x", "cursor": "x"}).status_code == 302


def test_a_list_is_made_by_hand_with_its_category(aicha: Actor, browse):
    client = browse(aicha)
    answer = client.post(at("new"), FORM | {"new_category": "Communication"})
    made = ContactList.objects.get()
    assert answer.headers["Location"] == at("page", made.pk)
    again = client.post(at("new"), FORM | {"name": "RADIO", "category": made.category_id})
    assert "déjà une liste de ce nom" in text(again)
    assert 'value="RADIO"' in text(again)


def test_a_list_is_made_by_function(aicha: Actor, browse):
    client = browse(aicha)
    assert "Ain (01)" in text(client.get(at("new"), {"way": "function"}))
    data = FORM | {"name": "Maires", "new_category": "Élus", "function": "Maire", "department": "01"}
    refused = client.post(at("new") + "?way=function", data)
    assert "n’existe pas" in refused.text
    items.create(aicha, "functions", {"name": "Maire"})
    client.post(at("new") + "?way=function", data)
    made = ContactList.objects.get()
    assert (made.kind, made.search) == ("dynamic", {"kind": "p", "holder": "01:Maire"})
    page = text(client.get(at("page", made.pk)))
    assert "Maire" in page
    assert "Ain (01)" in page
    assert 'value="Maire"' in text(client.get(at("edit", made.pk)))


def test_one_made_on_the_way_says_where_it_goes(aicha: Actor, browse, presse: ContactList):
    client, ids = browse(aicha), someone(aicha, "Roy").pk
    asked = text(client.get(f"/lac/actions/list/?kind=p&ids={ids}"))
    assert "tout le compte l’a, dans la catégorie « Général »" in asked
    assert "nouvelle" not in text(client.get(f"/lac/actions/unlist/?kind=p&ids={ids}"))


def test_what_was_typed_comes_along_to_another_way(aicha: Actor, browse):
    client = browse(aicha)
    typed = FORM | {"name": "Mairies", "new_category": "Élus", "description": "x" * 4000, "reach": "me"}
    page = text(client.post(at("new") + "?way=function", typed | {"switch": "1"}, headers={"HX-Request": "true"}))
    assert "Dans quel département" in page
    assert 'value="Mairies"' in page
    assert 'value="Élus"' in page
    assert "x" * 4000 in page
    assert re.search(r'value="me"[^>]* checked', page)
    assert 'class="errors"' not in page
    assert not ContactList.objects.exists()
    assert "search=tag%3Deau" in text(client.get(at("new"), {"way": "hand", "search": "tag=eau"}))


def test_a_list_is_made_of_what_a_list_page_shows(aicha: Actor, browse):
    client = browse(aicha)
    someone(aicha, "Roy", tags=["eau"])
    page = text(client.get("/lac/contacts/", {"tag": "eau", "q": "roy"}))
    link = re.search(r'href="([^"]*listes/ajouter/\?[^"]*)"', page)
    assert link, page
    url = link[1].replace("&amp;", "&")
    form = text(client.get(url))
    assert 'value="eau"' in form
    assert 'value="roy"' in form
    client.post(url, FORM | {"new_category": "Projets", "s-tag": "eau", "s-q": "roy", "s-active": "oui"})
    made = ContactList.objects.get()
    assert made.search == {"kind": "p", "q": "roy", "tag": "eau", "active": "oui"}
    assert "roy" in text(client.get(at("page", made.pk)))


def test_a_search_keeps_what_its_form_does_not_ask(aicha: Actor, browse):
    for name in ("eau", "mer"):
        items.create(aicha, "tags", {"name": name})
    search = {"kind": "p", "updated_since": "2020-01-01", "tag": "eau"}
    made = lists.create(aicha, {"name": "Eau", "category": "C", "kind": "dynamic", "search": search})
    data = FORM | {"category": made.category_id, "version": made.version, "s-tag": "mer"}
    assert browse(aicha).post(at("edit", made.pk), data).status_code == 302
    made.refresh_from_db()
    assert made.search == {"kind": "p", "updated_since": "2020-01-01", "tag": "mer"}


def test_the_members_are_the_usual_list_with_date_and_author(aicha: Actor, bruno: Actor, browse, presse: ContactList):
    roy, town = someone(aicha, "Roy"), parties.create(aicha, "o", {"name": "Mairie"})
    someone(aicha, "Ailleurs")
    list_members.add(bruno, presse, [roy, town])
    page = text(browse(aicha).get(at("page", presse.pk)))
    assert "Ann Roy" in page
    assert "Ailleurs" not in page
    assert "Bruno Lefèvre" in page
    assert "Mairie" in text(browse(aicha).get(at("organisations", presse.pk)))
    part = browse(aicha).get(at("page", presse.pk), {"q": "zzz"}, headers={"HX-Request": "true", "HX-Target": "list"})
    assert "<html" not in text(part)


def test_members_are_added_by_name(aicha: Actor, browse, presse: ContactList):
    roy, gagnon = someone(aicha, "Roy"), someone(aicha, "Gagnon")
    client = browse(aicha)
    client.post(at("add", presse.pk), {"ids": f"{roy.pk},{gagnon.pk}"})
    assert set(members(aicha, presse)) == {roy, gagnon}
    assert "Choisissez" in text(client.post(at("add", presse.pk), {"ids": "personne"}, follow=True))


def test_ticked_members_are_taken_out_and_put_back(aicha: Actor, browse, presse: ContactList):
    roy = someone(aicha, "Roy")
    list_members.add(aicha, presse, [roy])
    since = ListMember.objects.get().joined_at
    client, run = browse(aicha), reverse("toolbox:run", args=["lac", "unlist"])
    dialog = text(client.get(run, {"ids": roy.pk, "in_list": presse.pk}))
    assert f'value="{presse.pk}"' in dialog
    page = text(client.post(run, {"asked": 1, "ids": roy.pk, "list": presse.pk}, follow=True))
    assert not members(aicha, presse).exists()
    undo = re.search(r'action="([^"]*actions/undo/[^"]*)"', page)
    assert undo, page
    client.post(undo[1].replace("&amp;", "&"))
    assert list(members(aicha, presse)) == [roy]
    assert ListMember.objects.get().joined_at == since


def test_a_contacts_page_names_its_lists(aicha: Actor, chloe: Actor, browse, presse: ContactList):
    roy = someone(aicha, "Roy")
    list_members.add(aicha, presse, [roy])
    page = text(browse(aicha).get(f"/lac/contacts/{roy.pk}/"))
    assert at("page", presse.pk) in page
    assert "actions/unlist/" in page
    assert "actions/unlist/" not in text(browse(chloe).get(f"/lac/contacts/{roy.pk}/"))


def test_several_lists_are_moved_archived_and_deleted(aicha: Actor, browse, presse: ContactList):
    radio = lists.create(aicha, {"name": "Radio", "category": "Communication"})
    client, ids = browse(aicha), f"{presse.pk},{radio.pk}"
    assert "Radio" in text(client.get(at("move"), {"ids": [presse.pk, radio.pk]}))
    client.post(at("move"), {"ids": ids, "new_category": "Médias"})
    assert {found.category.name for found in ContactList.objects.all()} == {"Médias"}
    page = text(client.post(at("archive"), {"ids": ids}, follow=True))
    assert ContactList.objects.exclude(archived_at=None).count() == 2
    assert "Presse" not in page
    assert "Presse" in text(client.get(at("list"), {"archived": 1}))
    client.post(at("unarchive") + f"?ids={ids}")
    assert not ContactList.objects.exclude(archived_at=None).exists()
    assert "Presse" in text(client.get(at("delete"), {"ids": ids}))
    client.post(at("delete"), {"ids": ids})
    assert not ContactList.objects.exists()
    assert client.get(at("delete"), {"ids": ids}).status_code == 404


def test_what_would_find_nobody_any_more_is_named_first(aicha: Actor, browse, presse: ContactList):
    search = {"kind": "p", "list": str(presse.pk)}
    lists.create(aicha, {"name": "Presse active", "category": "C", "kind": "dynamic", "search": search})
    assert "Presse active" in text(browse(aicha).get(at("delete"), {"ids": presse.pk}))


def test_a_reader_looks_and_touches_nothing(chloe: Actor, browse, presse: ContactList):
    client = browse(chloe)
    for name, args in (("list", []), ("page", [presse.pk])):
        page = text(client.get(at(name, *args)))
        assert "listes/ajouter" not in page
        assert "listes/supprimer" not in page
        assert 'data-select-row aria-label="Sélectionner Presse"' not in page
    assert client.post(at("add", presse.pk)).status_code == 403


def test_anothers_list_is_not_there(aicha: Actor, bruno: Actor, browse):
    mine = lists.create(aicha, {"name": "Zorglub", "category": "C", "reach": "me"})
    client = browse(bruno)
    for name in ("page", "organisations", "edit", "duplicate", "freeze"):
        assert client.get(at(name, mine.pk)).status_code == 404
    assert "Zorglub" not in text(client.get(at("list")))
    assert client.get(reverse("suggest:lists", args=["lac"]), {"q": "zor"}).json() == []
    assert "Zorglub" not in text(client.get("/lac/contacts/", {"list": mine.pk}))
    assert client.get(at("delete"), {"ids": mine.pk}).status_code == 404


def test_a_list_is_copied_and_frozen(aicha: Actor, browse):
    someone(aicha, "Roy", tags=["eau"])
    search = {"kind": "p", "tag": "eau"}
    made = lists.create(aicha, {"name": "Eau", "category": "C", "kind": "dynamic", "search": search})
    client = browse(aicha)
    assert "Eau (copie)" in text(client.get(at("duplicate", made.pk)))
    client.post(at("duplicate", made.pk), {"name": "Mer"})
    assert ContactList.objects.get(name="Mer").search == made.search
    shown = client.get(at("freeze", made.pk))
    assert "Figer" in text(shown)
    someone(aicha, "Tardif", tags=["eau"])
    client.post(at("freeze", made.pk), {"set": shown.context["chosen"].pk})
    made.refresh_from_db()
    assert (made.kind, members(aicha, made).count()) == ("static", 1)


def test_freezing_is_shown_anew_and_tells_who_went_meanwhile(aicha: Actor, browse):
    someone(aicha, "Roy", tags=["eau"])
    gone = someone(aicha, "Tardif", tags=["eau"])
    made = lists.create(
        aicha, {"name": "Eau", "category": "C", "kind": "dynamic", "search": {"kind": "p", "tag": "eau"}}
    )
    client = browse(aicha)
    shown = client.get(at("freeze", made.pk))
    assert "cette fois" not in text(shown)
    shown = client.post(at("freeze", made.pk), {"set": shown.context["chosen"].pk + 1})
    assert "Rien n’a été fait cette fois" in text(shown)
    bin_actions.delete(aicha, [gone])
    done = client.post(at("freeze", made.pk), {"set": shown.context["chosen"].pk}, follow=True)
    assert "1 fiche a été supprimée entre-temps" in text(done)
    assert not ChosenSet.objects.exists()
    refused = client.get(at("freeze", made.pk))
    assert (refused.status_code, ChosenSet.objects.count()) == (422, 0)
    assert "n’a pas de recherche" in refused.text


def test_more_lists_ask_no_more_queries(aicha: Actor, browse):
    client = browse(aicha)

    def more() -> None:
        start = ContactList.objects.count()
        for number in range(start, start + 6):
            items.create(aicha, "tags", {"name": f"t{number}"})
            search = {"kind": "p", "tag": f"t{number}", "q": "roy"}
            lists.create(aicha, {"name": f"D{number}", "category": f"C{number}", "kind": "dynamic", "search": search})
            made = lists.create(aicha, {"name": f"S{number}", "category": "C"})
            list_members.add(aicha, made, [someone(aicha, f"Roy {number}")])

    more()
    assert_flat(lambda: client.get(at("list")), more)


def test_more_members_ask_no_more_queries(aicha: Actor, browse, presse: ContactList):
    client = browse(aicha)

    def more() -> None:
        list_members.add(aicha, presse, [someone(aicha, f"Roy {number}") for number in range(8)])

    more()
    assert_flat(lambda: client.get(at("page", presse.pk)), more)
