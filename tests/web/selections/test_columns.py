"""The columns of lists: choose and order them, per user and per saved view (X2)."""

import pytest
from tests.queries import assert_flat, queries

from entregent.accounts.actor import actor_in
from entregent.accounts.models import Membership
from entregent.accounts.scope import inside
from entregent.actions.fields import fields
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.directory.fields.field import Door
from entregent.directory.fields.field_types import Item, Line, Words
from entregent.directory.fields.register import BY_NAME, fields_of
from entregent.directory.models import ContactList
from entregent.directory.saved_views.columns import COLUMNS, chosen, offered

URL = "/lac/vues/contacts/colonnes/"


def again(by):
    """The actor as the next request makes it."""
    return actor_in(by.account.slug, by.user_id)


def test_one_chooses_and_orders_them(aicha, browse):
    client = browse(aicha)
    client.post(URL, {"do": "add:created"})
    client.post(URL, {"do": "up:created"})
    client.post(URL, {"do": "remove:organisation"})
    kept = Membership.objects.get(pk=aicha.membership_id).columns
    assert kept == {"p": ["reach", "city", "tags", "status", "active", "created", "last_action"]}
    parties.create(aicha, "p", {"first_name": "Zoé", "last_name": "Dupont"})
    html = client.get("/lac/contacts/").content.decode()
    headings = html[html.index("<thead") : html.index("</thead")]
    assert headings.index("Ajouté le") < headings.index("Dernière action")
    assert "sort=created" in headings
    assert "Organisme et fonction" not in headings
    client.post(URL, {"do": "reset"})
    assert Membership.objects.get(pk=aicha.membership_id).columns is None


def test_what_is_unknown_is_left_out(aicha, bruno):
    views.choose_columns(aicha, "p", ["email", "custom.rien", "<script>", "email", "family"])
    assert chosen(again(aicha), "p") == ("email",)
    assert chosen(again(bruno), "p") is None
    assert chosen(again(aicha), "o") is None


@pytest.mark.parametrize("kind", ["p", "o"])
def test_every_column_is_drawn(kind, aicha, browse):
    """Of a record that has it all, each shows its value, escaped; tests/laws/test_fields.py has the other fields."""
    full = _texts(kind) | _besides(aicha, kind)
    assert set(COLUMNS[kind]) - set(BY_NAME) <= set(full)
    codes = list(full)
    for start in range(0, len(codes), 15):
        views.choose_columns(aicha, kind, codes[start : start + 15])
        html = browse(aicha).get("/lac/contacts/" if kind == "p" else "/lac/organismes/").content.decode()
        row = html[html.index("<tbody>") : html.index("</tbody>")]
        for code in codes[start : start + 15]:
            for word in full[code]:
                assert word in row, code


def _texts(kind) -> dict[str, list[str]]:
    """The columns of fields that hold any text → how ``<name>`` is drawn."""
    texts = fields_of(kind, Line, Words, Item, door=Door.LIST)
    return {field.name: [f"&lt;{field.name}&gt;"] for field in texts}


def _besides(by, kind) -> dict[str, list[str]]:
    """A record whose texts are ``<name>``; columns that are no field → what they show of it."""
    address = {"street": "1 quai", "postal_code": "26400", "city": "Crest", "province": "Drôme", "country": "FR"}
    card = {"emails": [{"value": "m@ex.org"}], "phones": [{"value": "04 75 25 00 00"}], "addresses": [address]}
    for field in fields_of(kind, Line, Words, Item):
        if isinstance(field.type, Item | Words) and field.name != "tags":
            items.create(by, field.type.items, {"name": f"<{field.name}>"})
        card[field.name] = [f"<{field.name}>"] if isinstance(field.type, Words) else f"<{field.name}>"
    place = {"organisation_name": "Mairie", "function": "Élue"} if kind == "p" else {}
    party = parties.create(by, kind, card | place)
    category = items.create(by, "categories", {"name": "Presse"})
    found = lists.create(by, {"name": "Salon", "category": category.pk})
    list_members.add(by, found, [party])
    moment = [f'datetime="{party.created_at:%Y}-']
    return {
        **({"organisation": ["Mairie", "Élue"], "function": ["Élue"]} if kind == "p" else {}),
        "reach": ["m@ex.org", "04 75 25 00 00"],
        "email": ["mailto:m@ex.org"],
        "phone": ["04 75 25 00 00"],
        "city": ["Crest"],
        "postal_code": ["26400"],
        "department": ["Drôme (26)"],
        "province": ["Drôme"],
        "country": ["France"],
        "lists": ["Salon", f"/lac/listes/{found.pk}/"],
        **dict.fromkeys(("last_action", "created", "updated"), moment),
    }


def test_custom_fields_are_columns_for_those_who_may_see_them(aicha, chloe, browse):
    plain = fields.create(aicha, "p", label="Marraine")
    private = fields.create(aicha, "p", label="Santé", sensitive=True, approved_by="DPO")
    parties.create(
        aicha,
        "p",
        {"first_name": "Zoé", "last_name": "Dupont", "custom": {plain.code: "<Zoé>", private.code: "secret"}},
    )
    codes = [f"custom.{plain.code}", f"custom.{private.code}"]
    assert f"custom.{plain.code}" in offered(chloe, "p")
    view = views.save(aicha, "p", "Suivi", {}, "all", columns=codes)
    html = browse(chloe).get(f"/lac/contacts/?vue={view.pk}").content.decode()
    assert "&lt;Zoé&gt;" in html
    assert "secret" not in html
    assert "Santé" not in html


def test_a_view_has_columns_of_its_own(aicha, bruno, browse):
    views.choose_columns(aicha, "p", ["email"])
    client = browse(aicha)
    client.post("/lac/vues/contacts/ajouter/?city=Crest", {"name": "Crest", "reach": "all"})
    parties.create(aicha, "p", {"first_name": "Zoé", "last_name": "Dupont", "address": {"city": "Crest"}})
    view = views.seen_views(aicha, "p").get()
    assert view.columns == ["email"]
    client.post(f"{URL}?city=Crest&vue={view.pk}", {"do": "add:city"})
    view.refresh_from_db()
    assert view.columns == ["email", "city"]
    assert Membership.objects.get(pk=aicha.membership_id).columns == {"p": ["email"]}
    client.post(f"{URL}?city=Crest&vue={view.pk}&pour=moi", {"do": "add:phone"})
    assert Membership.objects.get(pk=aicha.membership_id).columns == {"p": ["email", "phone"]}
    assert chosen(again(bruno), "p", view) == ("email", "city")


def test_who_may_not_change_a_view_chooses_their_own(aicha, chloe, browse):
    view = views.save(aicha, "p", "Crest", {"city": "Crest"}, "all", columns=["email"])
    client = browse(chloe)
    assert "a ses propres colonnes" in client.get(f"{URL}?vue={view.pk}").content.decode()
    client.post(f"{URL}?vue={view.pk}", {"do": "add:code"})
    view.refresh_from_db()
    assert view.columns == ["email"]
    assert "code" in Membership.objects.get(pk=chloe.membership_id).columns["p"]


def test_links_of_a_list_keep_the_view(aicha, browse):
    for index in range(51):
        parties.create(
            aicha, "p", {"first_name": "Paul", "last_name": f"Dupont{index}", "address": {"city": "Crest"}}
        )
    view = views.save(aicha, "p", "Crest", {"city": "Crest"}, "all", columns=["city", "email"])
    html = browse(aicha).get(f"/lac/contacts/?city=Crest&vue={view.pk}").content.decode()
    assert f"sort=-name&amp;vue={view.pk}" in html
    assert f'name="vue" value="{view.pk}"' in html
    assert html.count(f"vue={view.pk}") >= 6


def test_any_number_of_rows_asks_alike(aicha, browse):
    views.choose_columns(aicha, "p", ["skills", "lists", "assigned_to", "postal_code", "department", "status"])
    client = browse(aicha)
    category = items.create(aicha, "categories", {"name": "Presse"})
    found: ContactList = lists.create(aicha, {"name": "Salon", "category": category.pk})

    def grow(count: int = 30) -> None:
        for index in range(count):
            card = {
                "first_name": "Paul",
                "last_name": f"Autre{index}",
                "address": {"city": "Crest"},
                "assigned_to": aicha.user_id,
            }
            list_members.add(aicha, found, [parties.create(aicha, "p", card)])

    grow(3)
    see = lambda: client.get("/lac/contacts/")  # noqa: E731
    assert_flat(see, grow)
    assert len(queries(see)) <= 15


def test_a_column_is_hidden_with_its_heading_where_there_is_no_room(aicha, browse):
    parties.create(aicha, "p", {"first_name": "Zoé", "last_name": "Dupont", "address": {"city": "Crest"}})
    client = browse(aicha)
    usual = client.get("/lac/contacts/").content.decode()
    assert '<th scope="col" class="of-city wide-only"' in usual
    assert '<td class="clip of-city wide-only">Crest</td>' in usual
    assert '<th scope="col" class="of-reach "' in usual
    views.choose_columns(aicha, "p", ["email", "phone", "function", "city"])
    own = client.get("/lac/contacts/").content.decode()
    assert '<td class="clip wide-only">Crest</td>' in own
    assert own.count("wide-only") == 2


def test_what_the_operator_keeps_of_a_shared_record_is_the_operators(service, sonia, aicha, browse):
    with inside(service):
        field = fields.create(sonia, "p", label="Note")
        items.create(sonia, "statuses", {"name": "À rappeler"})
        card = {"first_name": "Zoé", "last_name": "Maire", "assigned_to": sonia.user_id, "mail_refused": True}
        parties.create(sonia, "p", card | {"status": "À rappeler", "custom": {field.code: "confidence"}})
    mine = fields.create(aicha, "p", label="Note")
    assert mine.code == field.code
    views.choose_columns(aicha, "p", ["status", "assigned_to", "mail_refused", "lists", f"custom.{mine.code}"])
    html = browse(aicha).get("/lac/contacts/").content.decode()
    row = html[html.index("<tbody>") : html.index("</tbody>")]
    assert "Zoé Maire" in row
    for word in ("À rappeler", "Sonia", "Refuse", "confidence"):
        assert word not in row
    with inside(service):
        views.choose_columns(sonia, "p", ["assigned_to", f"custom.{field.code}"])
    assert "confidence" in browse(sonia).get("/service/contacts/").content.decode()
