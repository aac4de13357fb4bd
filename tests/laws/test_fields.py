"""Every field is declared once, and works in every interface or declares why it doesn't."""

import ast
import json
from types import UnionType
from typing import get_args, get_origin, get_type_hints

import pytest
from django.core.cache import cache
from django.test import Client

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Token
from entregent.accounts.scope import inside
from entregent.actions.items import items
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.directory.fields.field import Door, Field
from entregent.directory.fields.field_types import Addresses, Ways
from entregent.directory.fields.register import BY_NAME, FIELDS, fields_of, short_forms
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, plain
from entregent.directory.parties.reading import record
from entregent.directory.saved_views.columns import COLUMNS
from entregent.directory.selections.selections import Selection
from entregent.exchange import exporting, intake, reporting
from entregent.exchange.models import Import
from entregent.journal.changes import Reader
from entregent.journal.labels import LABELS
from entregent.journal.models import About
from entregent.runs import cycle
from entregent.web.parties.inputs import NAMES

from .rooms import SOURCES

OF_CARDS_ALONE = {"custom", "positions", "organisation", "organisation_name", "function"}
"""Keys of a card that are no field of the register."""


def test_a_card_has_the_registers_fields():
    types = get_type_hints(Card)
    assert set(types) == {*BY_NAME, *short_forms(), *OF_CARDS_ALONE}
    for field in FIELDS:
        said = types[field.name]
        several = get_args(said) if get_origin(said) is UnionType else [said]
        assert type(field.type.blank()) in {get_origin(one) or one for one in several}, field.name


CHECKED_HERE = {
    "actions/layers/layers.py",
    "actions/parties/parties.py",
    "actions/parties/saving.py",
    "actions/positions/organisations.py",
    "actions/positions/positions.py",
    "actions/service/corrections.py",
    "actions/tags/tagging.py",
    "actions/visibility/visibility.py",
    "exchange/planning.py",
    "exchange/reference/applying.py",
    "exchange/placing.py",
    "exchange/reference/comparing.py",
    "web/parties/party_form.py",
}
"""Where what is typed, or comes in a file, is checked: nothing that reads stored records checks them again."""


def test_only_what_is_about_to_be_written_is_checked():
    found = set()
    for path in SOURCES.rglob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        if any(getattr(call, "id", "") == "Cleaner" for call in calls):
            found.add(str(path.relative_to(SOURCES)))
    assert found <= CHECKED_HERE


HOME = {"label": "", "street": "1 quai", "postal_code": "74000", "city": "Annecy", "province": "", "country": "FR"}
WORK = HOME | {"street": "2 quai", "postal_code": "69001", "city": "Lyon"}
EVERYONE = {"mode": "everyone", "teams": [], "users": []}
VALUES = {
    "last_name": ("Dupont", "Durand"),
    "first_name": ("Marie", "Anna"),
    "civility": ("Mme", "Dr"),
    "name": ("Les Amis", "Les Amis du lac"),
    "emails": ([{"value": "a@lac.example", "label": ""}], [{"value": "b@lac.example", "label": ""}]),
    "phones": ([{"value": "+33 1 99 00 12 34", "label": ""}], [{"value": "+33 1 99 00 12 35", "label": ""}]),
    "addresses": ([HOME], [WORK]),
    "websites": ([{"value": "https://a.example", "label": ""}], [{"value": "https://b.example", "label": ""}]),
    "language": ("fr", "en"),
    "birth_name": ("Gagné", "Roy"),
    "birth_date": ("1980-11-21", "1981-11-21"),
    "tags": (["presse"], ["radio"]),
    "status": ("Client", "Membre"),
    "assigned_to": ("user", None),
    "skills": (["Chant"], ["Danse"]),
    "family": ("Communes", "Clubs"),
    "mail_refused": (True, False),
    "notes": ("Une ligne", "Une autre"),
    "siren": ("732829320", "552100554"),
    "siret": ("73282932000074", "55210055400054"),
    "neq": ("1142345678", ""),
    "vat_number": ("FR44732829320", "FR66000000018"),
    "code": ("A-1", "A-2"),
    "uid": ("urne-1", "urne-2"),
    "active": (False, True),
    "visibility": (EVERYONE, EVERYONE | {"mode": "creator"}),
}
"""Field → a value and another. A field without any is asked for here."""
URLS = {"p": "contacts", "o": "organismes"}
KINDS = pytest.mark.parametrize("kind", ["p", "o"])


def test_every_field_is_tried():
    assert set(VALUES) == set(BY_NAME)


def test_a_field_says_why_it_stays_outside_a_door():
    assert not [field.name for field in FIELDS if not all(field.absent.values())]
    assert not [field.name for field in FIELDS if bool(field.filter) != field.passes(Door.FILTER)]
    filters = [field.filter for field in FIELDS if field.filter]
    assert len(filters) == len(set(filters))
    assert not [field.name for field in FIELDS if bool(field.columns) != field.passes(Door.FILE)]
    assert not [field.name for field in FIELDS if bool(field.vcard) != field.passes(Door.VCARD)]
    assert not [field.name for field in FIELDS if bool(field.section) != field.passes(Door.FORM)]


def card(by: Actor, kind: str, which: int = 0, door: Door | None = None) -> dict:
    """A record that has a value in every field, or in those that pass a door."""
    found = {field.name: VALUES[field.name][which] for field in fields_of(kind, door=door)}
    return found | ({"assigned_to": by.user_id} if found.get("assigned_to") == "user" else {})


def words(by: Actor) -> None:
    """What the reference lists of an account must know."""
    for code, names in (("statuses", ("Client", "Membre")), ("families", ("Communes", "Clubs"))):
        for name in names:
            items.create(by, code, {"name": name})


@pytest.fixture
def full(aicha):
    """``full(kind)``: a record with all that it can hold."""
    words(aicha)
    return lambda kind: parties.create(aicha, kind, card(aicha, kind))


def kept(party: Party, fields: list[Field] | tuple[Field, ...]) -> dict:
    """What a record holds of these fields, as the journal would say it."""
    told = plain(record(Party.objects.get(pk=party.pk)).card)
    return {field.name: told[field.name] for field in fields}


def wanted(by: Actor, fields: list[Field] | tuple[Field, ...], which: int) -> dict:
    values = card(by, "p", which) | card(by, "o", which)
    return {field.name: field.type.plain(values[field.name]) for field in fields}


def typed(by: Actor, fields: tuple[Field, ...], which: int) -> dict[str, object]:
    """What a browser sends for these fields."""
    values, sent = card(by, "p", which) | card(by, "o", which), {}
    for field in fields:
        value, names = values[field.name], NAMES[field.name]
        if isinstance(field.type, Ways):
            sent[names[0]] = value[0]["value"]
        elif isinstance(field.type, Addresses):
            sent |= {name: value[0][name] for name in names}
        elif field.name == "visibility":
            sent[names[0]] = value["mode"]
        elif value not in (None, False):
            sent[names[0]] = "on" if value is True else value
    return sent


ROWS = {
    f"{name}-{key}": value
    for name in ("emails", "phones", "websites", "addresses")
    for key, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}.items()
}


@KINDS
def test_the_form_asks_for_each_and_keeps_it(kind, full, aicha, browse):
    party, asked = full(kind), fields_of(kind, door=Door.FORM)
    url = f"/lac/{URLS[kind]}/{party.pk}/modifier/"
    html = browse(aicha).get(url).content.decode()
    for field in fields_of(kind):
        first = NAMES[field.name][0] if field in asked else field.name
        assert (f'name="{first}"' in html) == (field in asked), field.name
    answer = browse(aicha).post(url, typed(aicha, asked, 1) | ROWS | {"version": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert kept(party, asked) == wanted(aicha, asked, 1)


def test_the_sheet_asks_for_its_own_and_keeps_them(full, aicha, browse):
    party, asked = full("p"), fields_of("p", door=Door.SHEET)
    url = f"/lac/contacts/{party.pk}/fiche/"
    html = browse(aicha).get(url).content.decode()
    for field in fields_of("p"):
        first = NAMES[field.name][0] if field.passes(Door.FORM) else field.name
        assert (f'name="{first}"' in html) == (field in asked), field.name
    answer = browse(aicha).post(url, typed(aicha, asked, 1) | {"version": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert kept(party, asked) == wanted(aicha, asked, 1)


def column_of(field: Field) -> str:
    """The list column that shows a field."""
    return field.type.short if isinstance(field.type, Ways) else "city" if field.name == "addresses" else field.name


@KINDS
def test_a_list_shows_each(kind, full, aicha, browse):
    full(kind)
    shown = [field for field in fields_of(kind) if field.passes(Door.LIST)]
    for field in fields_of(kind):
        assert (column_of(field) in COLUMNS[kind]) == (field in shown), field.name
    for field in shown:
        views.choose_columns(aicha, kind, [column_of(field)])
        page = browse(aicha).get(f"/lac/{URLS[kind]}/").content.decode()
        row = page[page.index("<tbody") : page.index("</tbody>")]
        assert SEEN.get(field.name, str(VALUES[field.name][0])) in row, field.name


SEEN = {
    "emails": "a@lac.example", "phones": "01 99 00 12 34", "addresses": "Annecy", "language": "Français",
    "birth_date": "21 novembre 1980", "tags": "presse", "assigned_to": "Aïcha Benali", "skills": "Chant",
    "mail_refused": "Refuse", "active": "Inactif",
}  # fmt: skip
"""A value as a list shows it, where that is not as it is kept."""
ASKED = {
    "status": "Client", "tag": "presse", "skill": "Chant", "family": "Communes", "language": "fr",
    "assigned_to": "me", "mail_refused": "oui", "active": "non", "city": "Annecy",
}  # fmt: skip
"""Condition → what finds the record."""


@KINDS
def test_a_condition_finds_each(kind, full, aicha):
    party = full(kind)
    for field in fields_of(kind, door=Door.FILTER):
        for value, found in ((ASKED[field.filter], [party]), (REFUTED[field.filter], [])):
            selection = Selection.read(kind, {field.filter: value})
            assert not selection.problems, field.name
            assert list(selection.parties(aicha)) == found, field.name


REFUTED = {
    "status": "Membre", "tag": "radio", "skill": "Danse", "family": "Clubs", "language": "en", "assigned_to": "-",
    "mail_refused": "non", "active": "oui", "city": "Lyon",
}  # fmt: skip


def bring_in(by: Actor, path, kind: str) -> Import:
    name = "contacts" if kind == "p" else "organisations"
    source = intake.receive(by, path, path.name, name)
    if source.headers:
        intake.map_columns(source, source.mapping, source.constants, "replace")
    cycle.start_run(by, source)
    jobs.run_pending()
    source.refresh_from_db()
    return source


@KINDS
@pytest.mark.parametrize("format", ["csv", "xlsx", "vcf"])
def test_a_file_takes_each_out_and_in(kind, format, full, aicha, dimitri, tmp_path):
    """Into the same account nothing changes; into another each field comes that the file can hold."""
    full(kind)
    door = Door.VCARD if format == "vcf" else Door.FILE
    path = tmp_path / f"fiches.{format}"
    path.write_bytes(b"".join(exporting.pieces(exporting.begin(aicha, Selection.read(kind, {}), format))))
    again = bring_in(aicha, path, kind)
    assert {name: count for name, count in again.counts.items() if name != "notes"} == {"unchanged": 1}
    with inside(dimitri.account):
        words(dimitri)
        bring_in(dimitri, path, kind)
        there = Party.objects.get(kind=kind)
        brought = [field for field in fields_of(kind, door=door)]
        assert kept(there, brought) == wanted(aicha, brought, 0)


def test_a_row_that_names_no_person_gives_its_organisation_all_that_both_kinds_have(aicha, tmp_path):
    words(aicha)
    both = [field for field in fields_of("p", door=Door.FILE) if "o" in field.kinds]
    columns = list(ROW_OF_BODY)
    path = tmp_path / "lignes.csv"
    path.write_text(f"{';'.join(columns)}\n{';'.join(ROW_OF_BODY.values())}\n", encoding="utf-8")
    source = intake.receive(aicha, path, path.name, "contacts")
    intake.map_columns(source, columns, {}, "complete")
    cycle.start_run(aicha, source)
    jobs.run_pending()
    there = Party.objects.get()
    assert (there.kind, there.name) == ("o", "Mairie de Die")
    told = kept(there, both)
    assert told["phones"] == ["01 99 00 12 34", "01 99 00 12 35"]
    assert {name for name, value in told.items() if value == BY_NAME[name].type.blank()} == set()
    assert (told["mail_refused"], told["active"], told["code"]) == (True, False, "A-1")


ROW_OF_BODY = {
    "last_name": "", "organisation": "Mairie de Die", "email": "die@x.example", "phone": "01 99 00 12 34",
    "organisation_phone": "01 99 00 12 35", "website": "https://a.example", "city": "Annecy", "tags": "presse",
    "status": "Client", "mail_refused": "oui", "notes": "Une ligne", "vat_number": "FR44732829320", "code": "A-1",
    "uid": "urne-1", "active": "non",
}  # fmt: skip


@KINDS
def test_the_template_names_columns_that_are_recognised(kind, aicha, tmp_path):
    name = "contacts" if kind == "p" else "organisations"
    path = tmp_path / "modele.csv"
    path.write_bytes(b"".join(reporting.as_csv(reporting.template(aicha, name))))
    source = intake.receive(aicha, path, path.name, name)
    offered = {column.code for field in fields_of(kind) for column in field.columns if column.example or column.asked}
    assert offered <= set(source.mapping)


@KINDS
def test_the_api_takes_and_gives_each(kind, aicha):
    asked = fields_of(kind, door=Door.API)
    words(aicha)
    cache.clear()
    token, secret = Token.draft(
        account=aicha.account, membership=Membership.objects.get(pk=aicha.membership_id), name="t"
    )
    token.save()
    url = f"/api/v1/{'contacts' if kind == 'p' else 'organisations'}"
    ask = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {secret}"}}
    added = Client().post(url, data=json.dumps(card(aicha, kind, 0, Door.API)), **ask)
    assert added.status_code == 201, added.content
    party = Party.objects.get(pk=added.json()["id"])
    assert kept(party, asked) == wanted(aicha, asked, 0)
    answer = Client().patch(f"{url}/{party.pk}", data=json.dumps(card(aicha, kind, 1, Door.API)), **ask)
    assert answer.status_code == 200, answer.content
    assert kept(party, asked) == wanted(aicha, asked, 1)
    read = Client().get(f"{url}/{party.pk}", **ask).json()
    assert {field.name for field in fields_of(kind) if field.name in read} == {field.name for field in asked}
    back = Client().patch(f"{url}/{party.pk}", data=json.dumps(read), **ask).json()
    assert back["version"] == read["version"]


@KINDS
def test_the_journal_tells_each_with_both_values(kind, full, aicha):
    party = full(kind)
    parties.update(aicha, party, card(aicha, kind, 1))
    told = {change.field: change for change in Reader(aicha, []).words(About.objects.latest("pk").changes)}
    for field in fields_of(kind):
        change = told[field.name]
        assert change.label == str(LABELS[field.name])
        assert change.old != change.new, field.name
        assert change.old or change.new, field.name
    assert set(told) <= {field.name for field in fields_of(kind)} | {"shared_with"}


@KINDS
def test_an_account_adds_what_it_may_to_a_shared_record(kind, service, sonia, aicha):
    names = {"last_name": "Rivière", "first_name": "Odile"} if kind == "p" else {"name": "Mairie"}
    with inside(service):
        shared = parties.create(sonia, kind, names)
    words(aicha)
    for field in fields_of(kind):
        seen = Party.readable.visible_to(aicha).with_id(shared.pk).get()
        patch = {field.name: card(aicha, kind, 1 if field.name == "visibility" else 0)[field.name]}
        if field.own:
            layer = parties.update(aicha, seen, patch)
            assert kept(layer, [field]) == wanted(aicha, [field], 0), field.name
        elif patch[field.name] != record(seen).card[field.name]:
            with pytest.raises(Invalid):
                parties.update(aicha, seen, patch)
