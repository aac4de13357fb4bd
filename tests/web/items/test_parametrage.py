"""«Paramétrage»: the reference lists, what uses each item, «Créer», «Modifier», «Supprimer» (A4, A6)."""

import pytest
from tests.queries import assert_flat

from entregent.accounts.scope import inside
from entregent.actions.items import items
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import ContactList, ContactStatus, ListCategory, Party, Tag
from entregent.kernel import clock
from entregent.web.items import forms
from entregent.web.items.forms import SLUGS
from entregent.web.links import to

ALONE = {"visibility": {"mode": "creator"}}


def person(by, name: str, **card) -> Party:
    return parties.create(by, "p", {"last_name": name, "first_name": "Ann"} | card)


def read(browse, by, name, *args, query="") -> str:
    answer = browse(by).get(to(by, f"parametrage:{name}", *args) + query)
    assert answer.status_code == 200
    return text(answer)


def text(answer) -> str:
    """A page with plain spaces."""
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def send(browse, by, view, *args, **data):
    return browse(by).post(to(by, f"parametrage:{view}", *args), data)


@pytest.mark.parametrize("what", SLUGS.values())
def test_each_list_is_created_edited_and_deleted_without_scripts(browse, bruno, what):
    assert send(browse, bruno, "new", what, name="Élus", colour="grey").status_code == 302
    page = read(browse, bruno, "list", what, query="?q=elus")
    assert "Élus" in page
    pk = _pk(page)
    assert "« Élus » est choisi" in read(browse, bruno, "list", what, query=f"?item={pk}")
    assert ">Valider</button>" in read(browse, bruno, "edit", what, pk)
    assert send(browse, bruno, "edit", what, pk, name="Élues", colour="blue").status_code == 302
    assert "Supprimer « Élues »" in read(browse, bruno, "delete", what, pk)
    assert send(browse, bruno, "delete", what, pk).status_code == 302
    assert "Élues" not in read(browse, bruno, "list", what)


def _pk(page: str) -> int:
    return int(page.partition('<a id="item-')[2].partition('"')[0])


def test_a_name_in_use_keeps_what_was_typed(browse, bruno):
    items.create(bruno, "skills", {"name": "Chant"})
    answer = send(browse, bruno, "new", "competences", name="CHANT")
    page = text(answer)
    assert answer.status_code == 200
    assert "« Chant » est déjà dans cette liste." in page
    assert 'value="CHANT"' in page


def test_what_uses_an_item_is_counted_and_led_to(browse, bruno, aicha):
    person(bruno, "Roy", tags=["Eau"])
    parties.create(bruno, "o", {"name": "Radio", "tags": ["Eau"]})
    person(aicha, "Zorglub", tags=["Eau"], **ALONE)
    page = read(browse, bruno, "list", "balises")
    assert f'href="{to(bruno, "contacts:list")}?tag=Eau">1 contact</a>' in page
    assert f'href="{to(bruno, "organisations:list")}?tag=Eau">1 organisme</a>' in page
    assert "Zorglub" not in page


def test_an_item_typed_on_hidden_records_alone_is_nowhere(browse, bruno, aicha):
    person(aicha, "Zorglub", tags=["Secret"], organisation_name="Lac", function="Espionne", **ALONE)
    assert "Secret" not in read(browse, bruno, "list", "balises")
    assert "Espionne" not in read(browse, bruno, "list", "fonctions")
    pk = Tag.objects.get().pk
    assert browse(bruno).get(to(bruno, "parametrage:edit", "balises", pk)).status_code == 404
    assert read(browse, aicha, "edit", "balises", pk)
    assert browse(bruno).get(to(bruno, "parametrage:choices", "balises") + "?q=sec").json() == []


def test_a_function_leads_to_who_has_or_had_it(browse, bruno):
    person(bruno, "Roy", organisation_name="Mairie", function="Maire")
    former = person(bruno, "Lam")
    positions.attach(bruno, former, {"organisation_name": "Mairie", "function": "Maire", "until": "2020-01-01"})
    page = read(browse, bruno, "list", "fonctions")
    assert "?had_function=Maire" in page
    assert ">2 contacts</a>" in page
    held = text(browse(bruno).get(to(bruno, "contacts:list") + "?had_function=Maire"))
    assert "Ann Roy" in held
    assert "Ann Lam" in held
    assert "A ou a eu la fonction « Maire »" in held


def test_an_item_in_use_says_by_what_and_offers_what_replaces_it(browse, bruno):
    old, new = (items.create(bruno, "statuses", {"name": name}) for name in ("Prospect", "Contact"))
    for name in ("Roy", "Lam", "Diop", "Noël"):
        parties.update(bruno, person(bruno, name), {"status": "Prospect"})
    page = read(browse, bruno, "delete", "statuts", old.pk)
    assert "Impossible de supprimer « Prospect »" in page
    assert "4 fiches l’utilisent encore" in page
    for name in ("Ann Diop", "Ann Lam", "Ann Noël"):
        assert f">{name}</a>" in page
    assert f'href="{to(bruno, "contacts:list")}?status=Prospect">1 autre</a>' in page
    refused = send(browse, bruno, "delete", "statuts", old.pk)
    assert refused.status_code == 200
    assert ContactStatus.objects.filter(pk=old.pk).exists()
    assert send(browse, bruno, "delete", "statuts", old.pk, replace_by=new.pk).status_code == 302
    assert set(Party.objects.values_list("status", flat=True)) == {new.pk}


def test_of_a_long_list_the_replacement_is_typed(browse, bruno, monkeypatch):
    monkeypatch.setattr(forms, "MOST_OFFERED", 0)
    ann = person(bruno, "Roy", tags=["Eau"])
    items.create(bruno, "tags", {"name": "Rivières"})
    pk = Tag.objects.get(key="eau").pk
    address = to(bruno, "parametrage:choices", "balises")
    assert f'data-url="{address}"' in read(browse, bruno, "delete", "balises", pk)
    assert [each["value"] for each in browse(bruno).get(f"{address}?q=riv").json()] == ["Rivières"]
    assert "n’est pas dans la liste" in text(send(browse, bruno, "delete", "balises", pk, replace_by="?"))
    assert send(browse, bruno, "delete", "balises", pk, replace_by="rivieres").status_code == 302
    ann.refresh_from_db()
    assert ann.tag_names == ["Rivières"]


def test_an_item_that_someone_begins_to_use_meanwhile_is_kept(browse, bruno):
    """The page was opened while nothing used it; the answer names what does now."""
    tag = items.create(bruno, "tags", {"name": "Eau"})
    assert "Rien ne l’utilise" in read(browse, bruno, "delete", "balises", tag.pk)
    person(bruno, "Roy", tags=["Eau"])
    answer = send(browse, bruno, "delete", "balises", tag.pk)
    assert answer.status_code == 200
    assert ">Ann Roy</a>" in text(answer)
    assert Tag.objects.filter(pk=tag.pk).exists()


def test_a_category_that_holds_lists_leads_to_them(browse, bruno):
    category = items.create(bruno, "categories", {"name": "Élus"})
    now = clock.now()
    for name in ("Conseil", "Maires"):
        ContactList.objects.create(
            account=bruno.account, name=name, key=name.lower(), category=category, created_by_id=bruno.user_id,
            created_at=now, updated_at=now,
        )  # fmt: skip
    page = read(browse, bruno, "delete", "categories", category.pk)
    assert "2 listes sont encore rangées dans cette catégorie" in page
    assert ">Conseil</a>, " in page
    lists = f"{to(bruno, 'lists:list')}?category={category.pk}"
    assert f'href="{lists}">Voir les listes</a>' in page
    assert browse(bruno).get(lists).status_code == 200
    assert "Déplacer les 2 listes vers" in page
    other = ListCategory.objects.exclude(pk=category.pk).get()
    assert send(browse, bruno, "delete", "categories", category.pk, replace_by=other.pk).status_code == 302
    assert set(ContactList.objects.values_list("category", flat=True)) == {other.pk}


def test_an_item_of_the_service_has_a_lock_and_no_buttons(sonia, browse, bruno):
    with inside(sonia.account):
        theirs = items.create(sonia, "functions", {"name": "Préfet"})
    page = read(browse, bruno, "list", "fonctions", query=f"?item={theirs.pk}")
    assert "Mis à jour par le service" in page
    assert to(bruno, "parametrage:edit", "fonctions", theirs.pk) not in page
    assert to(bruno, "parametrage:delete", "fonctions", theirs.pk) not in page
    for name in ("edit", "delete"):
        assert ">Valider<" not in read(browse, bruno, name, "fonctions", theirs.pk)
        send(browse, bruno, name, "fonctions", theirs.pk, name="Autre")
    assert "Préfet" in read(browse, bruno, "list", "fonctions")
    send(browse, bruno, "hide", "fonctions", theirs.pk, do="hide")
    assert "masqué dans vos choix" in read(browse, bruno, "list", "fonctions")
    assert browse(bruno).get(to(bruno, "suggest:functions") + "?q=pre").json() == []
    send(browse, bruno, "hide", "fonctions", theirs.pk, do="show")
    assert browse(bruno).get(to(bruno, "suggest:functions") + "?q=pre").json() != []


def test_statuses_move_by_their_buttons(browse, bruno):
    first, second = (items.create(bruno, "statuses", {"name": name}) for name in ("Prospect", "Membre"))
    send(browse, bruno, "move", "statuts", second.pk, do="up")
    page = read(browse, bruno, "list", "statuts")
    assert page.index(f"item-{second.pk}") < page.index(f"item-{first.pk}")
    assert "do" not in read(browse, bruno, "list", "fonctions").partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_long_list_is_paged_and_searched(browse, bruno):
    for number in range(55):
        items.create(bruno, "skills", {"name": f"Art {number:02}"})
    page = read(browse, bruno, "list", "competences")
    assert "Art 49" in page
    assert "Art 50" not in page
    assert 'rel="next"' in page
    assert "Art 50" in read(browse, bruno, "list", "competences", query="?q=50")
    assert "Rien de ce nom" in read(browse, bruno, "list", "competences", query="?q=zzz")


def test_empty_lists_say_what_they_are_for(browse, bruno):
    assert "Aucune compétence" in read(browse, bruno, "list", "competences")
    assert browse(bruno).get(to(bruno, "parametrage:list", "rien")).status_code == 404


def test_the_page_asks_no_more_for_more_items(browse, bruno):
    client, address = browse(bruno), to(bruno, "parametrage:list", "balises")
    person(bruno, "Roy", tags=["Un"])

    def grow() -> None:
        for number in range(20):
            person(bruno, f"Nom{number}", tags=[f"Mot {number}"])

    assert_flat(lambda: client.get(address), grow)


def test_the_menu_and_the_settings_lead_here_for_those_who_may(browse, bruno, chloe):
    home = to(bruno, "parametrage:home")
    assert f'href="{home}"' in browse(bruno).get(to(bruno, "saisir:page")).content.decode()
    assert f'href="{home}"' in browse(bruno).get(to(bruno, "settings:profile")).content.decode()
    assert f'href="{home}"' not in browse(chloe).get(to(chloe, "settings:profile")).content.decode()
    assert browse(chloe).get(home).status_code == 403
