"""«Saisir»: search first, then change or delete (A1, A2)."""

from html import unescape

import pytest

from entregent.accounts.models import Membership, Role
from entregent.accounts.permissions import Can
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Party, Position
from entregent.web.links import to


@pytest.fixture
def marie(bruno):
    return parties.create(
        bruno,
        "p",
        {"last_name": "Delorme", "first_name": "Marie", "organisation_name": "Mairie", "function": "Maire"},
    )


def get(browse, by, name, *args, query="", status=200) -> str:
    answer = browse(by).get(to(by, name, *args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_doors(browse, bruno, marie):
    html = get(browse, bruno, "saisir:page")
    for name, label in {"add": "Ajouter", "edit": "Modifier", "delete": "Supprimer"}.items():
        door = html.split(f'<a class="door" href="{to(bruno, f"saisir:{name}")}">')[1].split("</a>")[0]
        assert f"<strong>{label}</strong>" in door
    for name, label in {
        "saisir:personal": "Gestion d'informations personnelles",
        "parametrage:home": "Paramétrage",
    }.items():
        assert label in unescape(html.split(f'<a class="door" href="{to(bruno, name)}">')[1].split("</a>")[0])
    assert "Repris récemment" in html


def test_who_may_delete_links_alone_finds_the_door_in_the_menu_too(browse, bruno):
    role = Role.objects.create(
        account=bruno.account, name="Liens", permissions=[Can.READ_CONTACTS, Can.WRITE_CONTACTS]
    )
    Membership.objects.filter(pk=bruno.membership_id).update(role=role)
    html = get(browse, bruno, "saisir:page")
    assert f'<a href="{to(bruno, "saisir:delete")}">' in html
    assert f'<a class="door" href="{to(bruno, "saisir:delete")}">' in html


def test_a_reader_has_no_door(browse, chloe):
    get(browse, chloe, "saisir:page", status=403)
    for name in ("add", "edit", "delete"):
        get(browse, chloe, f"saisir:{name}", status=403)


def test_the_three_things_have_the_accounts_word(browse, bruno, lac):
    html = get(browse, bruno, "saisir:edit")
    for label in ("Contact", "Organisme", "Fiche contact/organisme"):
        assert f">{label}</a>" in html
    lac.organisation_word = "societe"
    lac.save()
    html = get(browse, bruno, "saisir:edit")
    for label in ("Contact", "Société", "Fiche contact/société"):
        assert f">{label}</a>" in html


@pytest.mark.parametrize(
    ("what", "query", "page"),
    [
        ("contact", "delorme", "contacts:edit"),
        ("organisme", "mair", "organisations:edit"),
        ("fiche", "Delorme Marie", "positions:edit"),
        ("fiche", "mairie", "positions:edit"),
    ],
)
def test_search_then_edit(browse, bruno, marie, what, query, page):
    place = marie.positions.get()
    pk = {"contacts": marie.pk, "organisations": place.organisation_id, "positions": place.pk}[page.split(":")[0]]
    html = get(browse, bruno, "saisir:edit", query=f"?quoi={what}&q={query}")
    assert "Rechercher</button>" in html
    assert f'href="{to(bruno, page, pk)}?saisir"' in html
    assert ">Valider</button>" in get(browse, bruno, page, pk, query="?saisir")


def test_a_link_is_found_by_an_organisation_of_the_service_under_ones_own_layer(browse, sonia, bruno):
    with inside(sonia.account):
        prefecture = parties.create(sonia, "o", {"name": "Préfecture"})
    ann = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "organisation": prefecture.pk})
    parties.update(bruno, Party.readable.get(pk=prefecture.pk), {"notes": "Rappeler"})
    html = get(browse, bruno, "saisir:edit", query="?quoi=fiche&q=prefecture")
    assert to(bruno, "positions:edit", ann.positions.get().pk) in html


def test_nothing_found_says_so(browse, bruno, marie):
    assert "Rien ne porte ce nom" in get(browse, bruno, "saisir:edit", query="?q=zzzz")


def test_deleting_a_contact(browse, bruno, marie):
    html = get(browse, bruno, "saisir:delete", query="?q=delorme")
    url = to(bruno, "saisir:delete_contact", marie.pk)
    assert f'href="{url}"' in html
    page = get(browse, bruno, "saisir:delete_contact", marie.pk)
    assert "Supprimer ce contact</button>" in page
    assert "30 jours" in page
    assert "1 fiche contact/organisme" in page
    client = browse(bruno)
    shown = client.post(url, follow=True).content.decode()
    assert Party.objects.get(pk=marie.pk).in_bin
    assert ">Annuler</button>" in shown.split('id="messages"')[1]


def test_deleting_an_organisation(browse, bruno, marie):
    pk = marie.positions.get().organisation_id
    assert "Supprimer cet organisme</button>" in get(browse, bruno, "saisir:delete_organisation", pk)
    browse(bruno).post(to(bruno, "saisir:delete_organisation", pk))
    assert Party.objects.get(pk=pk).in_bin
    assert not Party.objects.get(pk=marie.pk).in_bin


def test_deleting_a_link_leaves_both(browse, bruno, marie):
    place = marie.positions.get()
    html = get(browse, bruno, "saisir:delete", query="?quoi=fiche&q=delorme")
    assert f'href="{to(bruno, "positions:delete", place.pk)}"' in html
    assert "Supprimer cette fiche</button>" in get(browse, bruno, "positions:delete", place.pk)
    browse(bruno).post(to(bruno, "positions:delete", place.pk))
    assert not Position.objects.exists()
    assert Party.objects.filter(binned_at=None).count() == 2


def test_looking_deletes_nothing(browse, bruno, marie):
    get(browse, bruno, "saisir:delete_contact", marie.pk)
    get(browse, bruno, "positions:delete", marie.positions.get().pk)
    assert Party.objects.filter(binned_at=None).count() == 2
    assert Position.objects.count() == 1


def test_a_reader_deletes_nothing(browse, chloe, marie):
    assert browse(chloe).post(to(chloe, "saisir:delete_contact", marie.pk)).status_code == 403
    assert not Party.objects.get(pk=marie.pk).in_bin


@pytest.mark.parametrize("what", ["contact", "fiche"])
def test_a_hidden_record_is_not_found(browse, bruno, aicha, marie, what):
    parties.update(bruno, marie, {"visibility": {"mode": "creator"}})
    assert "Delorme" not in get(browse, aicha, "saisir:edit", query=f"?quoi={what}&q=mar").split('id="results"')[1]
    get(browse, aicha, "saisir:delete_contact", marie.pk, status=404)


def test_what_is_unknown_is_not_there(browse, bruno):
    get(browse, bruno, "saisir:edit", query="?quoi=zzz", status=404)


def test_what_goes_with_a_record_is_counted_as_in_the_dialog(browse, bruno, marie):
    client = browse(bruno)
    pages = [
        client.get(f"/lac/saisir/supprimer/contact/{marie.pk}/"),
        client.get(f"/lac/actions/delete/?ids={marie.pk}"),
    ]
    listed = [page.context["consequences"] for page in pages]
    assert listed[0] == listed[1]
    assert all(part in page.text for page in pages for part in listed[0]["parts"])
