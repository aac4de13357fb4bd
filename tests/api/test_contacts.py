"""`/contacts`: fields, filters, versions."""

import pytest
from tests.queries import assert_flat

from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.directory.fields.field import Door
from entregent.directory.fields.register import fields_of, short_forms
from entregent.directory.models import Party, Position
from entregent.journal.models import Entry

FIELDS = {
    *("id", "service", "organisation", "function", "custom", "created_at", "updated_at", "version"),
    *(field.name for field in fields_of("p", door=Door.API)),
    *short_forms(),
}
MARIE = {
    "last_name": "Dupont",
    "first_name": "Marie",
    "civility": "Mme",
    "language": "fr",
    "email": "marie@lac.example",
    "phone": "01 99 00 12 34",
    "website": "https://marie.example",
    "vat_number": "FR44732829320",
    "address": {"street": "4, rue du Lac", "postal_code": "74000", "city": "Annecy", "province": "", "country": "FR"},
    "tags": ["Bénévole"],
    "active": True,
    "visibility": {"mode": "everyone", "teams": [], "users": []},
}


@pytest.fixture
def mairie(aicha):
    return parties.create(aicha, "o", {"name": "Syndicat des eaux"})


@pytest.fixture
def marie(aicha):
    return parties.create(aicha, "p", {"last_name": "Dupont", "first_name": "Marie", "email": "marie@lac.example"})


def test_a_contact_is_added_and_read_back_to_the_letter(api, bruno, mairie):
    added = api(bruno).post("contacts", MARIE | {"organisation": mairie.pk, "function": "Présidente"})
    assert added.status_code == 201, added.content
    assert added["ETag"] == '"1"'
    read = api(bruno).get(added["Location"].removeprefix("/api/v1/"))
    assert read.json() | {"warnings": []} == added.json()
    assert set(read.json()) == FIELDS
    assert read.json() | MARIE | {"organisation": mairie.pk, "function": "Présidente"} == read.json()
    entry = Entry.objects.latest("id")
    assert (entry.door, entry.by_id) == ("api", bruno.user_id)


def test_what_is_wrong_is_told_field_by_field(api, bruno, marie):
    answer = api(bruno).post(
        "contacts", {"last_name": "X", "first_name": "", "email": "MARIE@lac.example", "phone": "?"}
    )
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert {error["field"] for error in answer.json()["errors"]} == {"first_name", "phone"}
    answer = api(bruno).post("contacts", {"last_name": "X", "first_name": "Y", "email": "MARIE@lac.example"})
    assert "Marie Dupont" in answer.json()["errors"][0]["message"]
    assert Party.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"first_name": "Y"}, "last_name"),
        ({"last_name": 12, "first_name": "Y"}, "last_name"),
        ({"last_name": "X", "first_name": "Y", "organisation": 10**30}, "organisation"),
        ({"last_name": "X", "first_name": "Y", "address": {"city": []}}, "address.city"),
        ({"last_name": "X", "first_name": "Y", "address": "4, rue du Lac"}, "address"),
        ({"last_name": "X", "first_name": "Y", "visibility": 3}, "visibility"),
        ({"last_name": "X", "first_name": "Y", "visibility": {"mode": "shared"}}, "visibility"),
    ],
)
def test_a_misshapen_body_is_refused_by_its_field(api, bruno, body, field):
    answer = api(bruno).post("contacts", body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_what_is_no_json_is_refused(api, bruno):
    assert api(bruno).post("contacts", b"{").status_code == 422


def test_fields_that_are_not_ours_to_give_are_refused(api, bruno, aicha, marie, voisin):
    foreign = {"id": 9, "account_id": voisin.pk, "created_by": aicha.user_id, "version": 40, "kind": "o"}
    refused = api(bruno).post("contacts", MARIE | foreign)
    assert refused.status_code == 422
    assert {error["field"] for error in refused.json()["errors"]} == set(foreign)
    assert not Party.objects.exclude(pk=marie.pk).exists()
    for name, value in (("id", 9), ("service", True), ("created_at", "2020-01-01T00:00:00Z")):
        refused = api(bruno).patch(f"contacts/{marie.pk}", {name: value, "notes": "x"})
        assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(name, "read_only")]


def test_a_cursor_of_another_order_is_refused(api, bruno, aicha):
    for name in ("Ann", "Bob", "Cléo"):
        parties.create(aicha, "p", {"last_name": "Roy", "first_name": name})
    program = api(bruno)
    cursor = program.get("contacts?limit=1&sort=name").json()["next"]
    assert program.get(f"contacts?limit=1&sort=name&cursor={cursor}").status_code == 200
    for sort in ("-name", "created"):
        assert program.get(f"contacts?limit=1&sort={sort}&cursor={cursor}").status_code == 422


def test_a_cursor_of_another_list_or_search_is_refused(api, bruno, aicha):
    """It would start amid rows that its page never had."""
    for name in ("Ann", "Bob", "Cléo"):
        parties.create(aicha, "p", {"last_name": "Roy", "first_name": name, "tags": ["presse"], "city": "Die"})
        parties.create(aicha, "o", {"name": f"Mairie {name}"})
    program = api(bruno)
    for path in ("contacts?tag=presse", "contacts", "organisations", "entries", "positions"):
        cursor = program.get(f"{path}{'&' if '?' in path else '?'}limit=1").json()["next"] or ""
        for other in (
            "contacts?tag=presse", "contacts?q=autre", "contacts", "organisations", "tags", "entries",
            f"contacts/{Party.objects.filter(kind='p').first().pk}/entries", "lists", "positions",
        ):  # fmt: skip
            answer = program.get(f"{other}{'&' if '?' in other else '?'}limit=2&cursor={cursor}")
            assert answer.status_code == (200 if other == path or not cursor else 422), (path, other)
            if answer.status_code == 422:
                assert answer.json()["errors"][0]["field"] == "cursor"


def test_null_is_no_custom_values(api, bruno, marie):
    assert api(bruno).patch(f"contacts/{marie.pk}", {"custom": None}).status_code == 422


def test_true_and_a_decimal_are_no_version_and_no_id(api, bruno, marie):
    for given in (
        {"version": True}, {"organisation": True}, {"assigned_to": True},
        {"version": 1.0}, {"organisation": 1.0}, {"visibility": {"mode": "shared", "users": [1.0]}},
    ):  # fmt: skip
        assert api(bruno).patch(f"contacts/{marie.pk}", given).status_code == 422, given


def test_a_change_leaves_the_rest(api, bruno, marie):
    changed = api(bruno).patch(f"contacts/{marie.pk}", {"phone": "01 99 00 00 01"}, If_Match='"1"')
    assert changed.status_code == 200
    assert changed["ETag"] == '"2"'
    assert (changed.json()["phone"], changed.json()["email"]) == ("01 99 00 00 01", "marie@lac.example")


@pytest.mark.parametrize("where", ["header", "body"])
def test_the_second_of_two_writers_is_told_what_changed(api, bruno, aicha, marie, where):
    api(aicha).patch(f"contacts/{marie.pk}", {"first_name": "Mariette", "version": 1})
    headers = {"If_Match": '"1"'} if where == "header" else {}
    body = {"first_name": "Marie-Ève"} | ({"version": 1} if where == "body" else {})
    refused = api(bruno).patch(f"contacts/{marie.pk}", body, **headers)
    assert refused.status_code == 409
    assert refused.json()["version"] == 2
    (change,) = refused.json()["changes"]
    assert (change["field"], change["old"], change["new"], change["by"]) == (
        "first_name", "Marie", "Mariette", "Aïcha Benali",
    )  # fmt: skip
    assert Party.objects.get(pk=marie.pk).first_name == "Mariette"


def test_null_empties_and_a_bad_if_match_is_refused(api, bruno, marie):
    assert api(bruno).patch(f"contacts/{marie.pk}", {"email": None}).json()["email"] == ""
    for version in ("x", "\u00b2"):
        assert api(bruno).patch(f"contacts/{marie.pk}", {"email": ""}, If_Match=f'"{version}"').status_code == 422


def test_deleting_puts_in_the_bin_and_for_good_needs_its_permission(api, bruno, aicha, marie):
    assert api(bruno).delete(f"contacts/{marie.pk}").status_code == 204
    assert api(bruno).get(f"contacts/{marie.pk}").status_code == 404
    assert Party.objects.get(pk=marie.pk).in_bin
    for stale in ({}, {"If_Match": '"0"'}):  # a conflict would tell what has changed
        assert api(bruno).delete(f"contacts/{marie.pk}?permanent=true", **stale).status_code == 403
    assert api(aicha).delete(f"contacts/{marie.pk}?permanent=true").status_code == 204
    assert not Party.objects.filter(pk=marie.pk).exists()


def people(by, count, start=0):
    for number in range(start, start + count):
        card = {"last_name": f"Nom{number:03}", "first_name": "P", "tags": ["a", "b"]}
        places = {"email": f"p{number}@lac.example", "organisation_name": f"Org {number}"}
        parties.create(by, "p", card | places)


def test_a_list_is_cut_by_cursor_and_misses_nobody(api, bruno):
    people(bruno, 7)
    program, seen, cursor = api(bruno), [], ""
    while cursor is not None:
        answer = program.get(f"contacts?limit=3&sort=-name&cursor={cursor}").json()
        assert answer["count"] == 7
        seen += [item["last_name"] for item in answer["items"]]
        cursor = answer["next"]
    assert seen == [f"Nom{number:03}" for number in reversed(range(7))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=dupont+marie", 1), ("q=rien", 0), ("tag=benevole", 1), ("active=true", 1),
        ("active=false", 1), ("city=annecy", 1), ("country=FR", 1), ("language=en", 1),
        ("updated_since=2020-01-01", 2), ("updated_since=2020-01-01T00:00:00Z", 2),
        ("updated_since=2999-01-01T00:00:00Z", 0), ("organisation={org}", 1), ("function=présidente", 1),
        ("added_since=2999-01-01", 0), ("no_action_for=1", 0),
    ],
)  # fmt: skip
def test_each_filter_filters(api, bruno, mairie, query, found):
    parties.create(bruno, "p", MARIE | {"organisation": mairie.pk, "function": "Présidente"})
    parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "language": "en", "active": False})
    answer = api(bruno).get("contacts?" + query.format(org=mairie.pk))
    assert answer.status_code == 200, answer.content
    assert len(answer.json()["items"]) == answer.json()["count"] == found


@pytest.mark.parametrize(
    "query",
    ["category=1", "list=x", "assigned_to=x", "colour=red", "limit=501", "limit=0", "cursor=zzz", "sort=secret",
     "active=maybe",
     "updated_since=hier", "updated_since=0.5", "added_since=12", "organisation=x", "organisation=", "tag=", "city=",
     "tag=rien", "f=not(tag:rien)", "skill=rien", "function=rien", "assigned_to=999",
     "tags=x", "tag=%00", "q=%00", "tag=a&tag=b", "custom.a=1&custom.a=2"],
)  # fmt: skip
def test_a_filter_that_is_unknown_or_unreadable_is_refused(api, bruno, query):
    answer = api(bruno).get(f"contacts?{query}")
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"]


def test_more_rows_ask_no_more_queries(api, bruno):
    people(bruno, 3)
    program = api(bruno)
    assert_flat(lambda: program.get("contacts"), lambda: people(bruno, 12, start=3))


def test_a_hidden_organisation_is_never_given_away(api, bruno, aicha):
    hidden = parties.create(aicha, "o", {"name": "Secret", "visibility": {"mode": "creator"}})
    person = parties.create(
        aicha, "p", {"last_name": "Roy", "first_name": "Ann", "organisation": hidden.pk, "function": "Espionne"}
    )
    assert api(aicha).get(f"contacts/{person.pk}").json()["organisation"] == hidden.pk
    for path in (
        f"contacts/{person.pk}",
        "contacts",
        f"contacts/{person.pk}/entries",
        "entries",
        "positions",
        "tags",
    ):
        text = api(bruno).get(path).content.decode()
        assert "Secret" not in text
        assert "Espionne" not in text
    assert api(bruno).get(f"contacts/{person.pk}").json()["organisation"] is None
    asked = [api(bruno).get(f"contacts?organisation={pk}") for pk in (hidden.pk, 999_999)]
    assert [answer.status_code for answer in asked] == [422, 422]
    assert asked[0].content == asked[1].content


def test_what_was_read_may_be_sent_back_without_ending_a_hidden_place(api, bruno, aicha):
    hidden = parties.create(aicha, "o", {"name": "Secret", "visibility": {"mode": "creator"}})
    person = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "organisation": hidden.pk})
    program = api(bruno)
    read = program.get(f"contacts/{person.pk}").json()
    assert program.patch(f"contacts/{person.pk}", read | {"first_name": "Anna"}).status_code == 200
    assert Position.objects.get(contact=person).until is None
    assert program.patch(f"contacts/{person.pk}", {"organisation": None}).status_code == 200
    assert Position.objects.get(contact=person).until is None


def test_moving_to_another_organisation_closes_the_old_place(api, bruno, mairie, marie):
    other = parties.create(bruno, "o", {"name": "Radio Rivage"})
    program = api(bruno)
    program.patch(f"contacts/{marie.pk}", {"organisation": mairie.pk, "function": "Élue"})
    moved = program.patch(f"contacts/{marie.pk}", {"organisation": other.pk, "function": "Journaliste"}).json()
    assert (moved["organisation"], moved["function"]) == (other.pk, "Journaliste")
    assert Position.objects.filter(contact=marie).exclude(until=None).count() == 1


def test_its_journal_is_read_newest_first(api, bruno, marie):
    api(bruno).patch(f"contacts/{marie.pk}", {"first_name": "Mariette"})
    bin_actions.delete(bruno, [marie])
    bin_actions.restore(bruno, [marie])
    items = api(bruno).get(f"contacts/{marie.pk}/entries").json()["items"]
    assert [item["deed"] for item in items] == ["restored", "binned", "changed", "created"]
    assert items[2]["about"][0]["changes"] == {"first_name": ["Marie", "Mariette"]}


def test_a_whole_record_is_written_and_read(api, bruno):
    whole = {
        "birth_name": "Gagné", "birth_date": "1980-11-21", "code": "A 12",
        "notes": "Rappeler\nle matin", "mail_refused": True,
        "assigned_to": bruno.user_id,
        "emails": [{"value": "a@lac.example"}, {"value": "b@lac.example", "label": "bureau", "main": True}],
        "phones": [{"value": "01 99 00 12 34", "label": "mobile"}],
        "addresses": [{"city": "Annecy", "label": "maison"}, {"city": "Lyon"}],
    }  # fmt: skip
    program = api(bruno)
    added = program.post("contacts", MARIE_ALONE | whole)
    assert added.status_code == 201, added.content
    read = program.get(f"contacts/{added.json()['id']}").json()
    for name in ("birth_name", "birth_date", "code", "notes", "mail_refused", "assigned_to"):
        assert read[name] == whole[name]
    assert read["email"] == "b@lac.example"
    assert [(way["value"], way["label"], way["main"]) for way in read["emails"]] == [
        ("b@lac.example", "bureau", True), ("a@lac.example", "", False),
    ]  # fmt: skip
    assert [(one["city"], one["label"]) for one in read["addresses"]] == [("Annecy", "maison"), ("Lyon", "")]
    again = program.patch(f"contacts/{read['id']}", read)
    assert (again.status_code, again.json()["version"]) == (200, read["version"]), again.content
    emptied = program.patch(
        f"contacts/{read['id']}", {"emails": None, "birth_date": None, "assigned_to": None}
    ).json()
    assert (emptied["emails"], emptied["email"], emptied["birth_date"], emptied["assigned_to"]) == (
        [],
        "",
        None,
        None,
    )


MARIE_ALONE = {"last_name": "Dupont", "first_name": "Marie"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "a@lac.example", "emails": [{"value": "b@lac.example"}]}, "emails"),
        ({"address": {"city": "Lyon"}, "addresses": []}, "addresses"),
        (
            {"phones": [{"value": "01 99 00 12 34", "main": True}, {"value": "01 99 00 12 35", "main": True}]},
            "phones",
        ),
    ],
)
def test_what_disagrees_is_refused(api, bruno, given, field):
    refused = api(bruno).post("contacts", MARIE_ALONE | given)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_what_the_operator_keeps_of_a_list_stays_when_it_is_sent_back(service, sonia, bruno, api):
    with inside(service):
        kept = parties.create(sonia, "p", MARIE_ALONE | {"email": "mairie@lac.example", "notes": "À nous"})
    program = api(bruno)
    read = program.get(f"contacts/{kept.pk}").json()
    assert (read["notes"], read["emails"][0]["service"]) == ("", True)
    added = [{"value": "marie@lac.example", "main": True}]
    sent = {name: value for name, value in read.items() if name not in ("version", "email")}
    changed = program.patch(f"contacts/{kept.pk}", sent | {"emails": added + [{**read["emails"][0], "main": False}]})
    assert changed.status_code == 200, changed.content
    assert [(way["value"], way["service"]) for way in changed.json()["emails"]] == [
        ("marie@lac.example", False), ("mairie@lac.example", True),
    ]  # fmt: skip
