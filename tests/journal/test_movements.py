"""«Ce qui a changé» (A6, X11): people who left or came, their predecessors and successors, and one's own records."""

import pytest
from tests.queries import assert_flat

from entregent.accounts.scope import inside
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.service import leaving
from entregent.actions.tags import tagging
from entregent.directory.models import Party, Position
from entregent.journal.movements import count_since, movements
from entregent.kernel import clock


@pytest.fixture
def town(service, sonia) -> Party:
    with inside(service):
        return parties.create(sonia, "o", {"name": "Mairie d’Aubrac"})


@pytest.fixture
def mayor(service, sonia, town) -> Party:
    return newcomer(sonia, town, "Léa", "Roy")


def newcomer(sonia, town: Party, first: str, last: str, function: str = "Maire") -> Party:
    with inside(sonia.account):
        card = {"first_name": first, "last_name": last, "organisation": town.pk, "function": function}
        return parties.create(sonia, "p", card)


def told(by, **asked) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in movements(by, **asked).rows]


def test_who_came_and_what_is_new(mayor, bruno):
    assert told(bruno) == [("came", "Léa Roy"), ("came", "Mairie d’Aubrac")]
    (first, _) = movements(bruno).rows
    assert (first.function, first.organisation) == ("Maire", "Mairie d’Aubrac")


def test_who_left_and_who_came_in_their_place(mayor, town, service, sonia, bruno):
    with inside(service):
        leaving.retire(sonia, [mayor])
    newcomer(sonia, town, "Ève", "Neuve")
    newcomer(sonia, town, "Max", "Autre", "Adjoint")
    rows = {one.name: one for one in movements(bruno).rows if one.name in ("Ève Neuve", "Max Autre")}
    left = movements(bruno, kind="left").rows[0]
    assert (left.kind, left.name, left.function) == ("left", "Léa Roy", "Maire")
    assert [party.name for party in left.others] == ["Ève Neuve"]
    assert [party.name for party in rows["Ève Neuve"].others] == ["Léa Roy"]
    assert rows["Max Autre"].others == []


def test_a_place_closed_by_hand_is_a_departure_with_its_heir(mayor, town, service, sonia, bruno):
    with inside(service):
        positions.detach(sonia, Position.objects.get(contact=mayor))
    newcomer(sonia, town, "Ève", "Neuve")
    left = movements(bruno, kind="left").rows
    assert [(one.kind, one.name) for one in left] == [("left", "Léa Roy")]
    assert [party.name for party in left[0].others] == ["Ève Neuve"]


def test_a_change_is_told_field_by_field_and_not_by_whom(mayor, service, sonia, bruno):
    with inside(service):
        parties.update(sonia, mayor, {"first_name": "Lia"})
    (one, *_) = movements(bruno).rows
    assert (one.kind, [(change.field, change.old, change.new) for change in one.changes]) == (
        "changed",
        [("first_name", "Léa", "Lia")],
    )
    assert "Sonia" not in str(one)


def test_where_the_operator_stands_with_a_record_is_not_told(mayor, service, sonia, bruno):
    with inside(service):
        code = fields.create(sonia, "p", label="Opinion", sensitive=True, approved_by="DPO").code
        hidden = {"custom": {code: "hush"}, "assigned_to": sonia.user_id, "mail_refused": True}
        parties.update(sonia, mayor, {"first_name": "Lia", **hidden})
        parties.update(sonia, Party.objects.get(pk=mayor.pk), {"custom": {code: "hush hush"}})
    first, second, *_ = movements(bruno).rows
    assert [change.field for change in first.changes] == ["first_name"]
    assert second.kind == "came"
    with inside(service):
        assert "hush" in str(movements(sonia).rows[0])


def test_what_is_kept_from_all_is_not_told(town, service, sonia, bruno):
    with inside(service):
        hidden = {"mode": "creator"}
        parties.create(sonia, "p", {"first_name": "Zoé", "last_name": "Cachée", "visibility": hidden})
    assert told(bruno) == [("came", "Mairie d’Aubrac")]


def test_only_what_concerns_my_records(mayor, town, service, sonia, bruno, chloe):
    tagging.tag(bruno, [Party.readable.get(pk=mayor.pk)], ["Presse"])
    with inside(service):
        parties.update(sonia, Party.objects.get(pk=mayor.pk), {"first_name": "Lia"})
        parties.update(sonia, town, {"email": "mairie@aubrac.example"})
    mine = movements(bruno, mine=True).rows
    assert {one.name for one in mine} == {"Lia Roy", "Léa Roy"}
    assert all(one.mine and one.party.account_id == bruno.account.pk for one in mine)


def test_another_account_sees_nothing_of_mine(mayor, service, sonia, bruno, dimitri):
    tagging.tag(bruno, [Party.readable.get(pk=mayor.pk)], ["Presse"])
    own = parties.create(bruno, "p", {"first_name": "À", "last_name": "Nous"})
    with inside(dimitri.account):
        assert movements(dimitri, mine=True).rows == []
        assert own.name not in {one.name for one in movements(dimitri).rows}
        assert all(not one.mine and not one.lists for one in movements(dimitri).rows)
    assert own.name not in {one.name for one in movements(bruno).rows}


def test_without_a_shared_directory_nothing_is_told(bruno):
    parties.create(bruno, "p", {"first_name": "À", "last_name": "Nous"})
    assert movements(bruno).rows == []


def test_page_by_page_without_a_gap(town, service, sonia, bruno):
    for number in range(7):
        newcomer(sonia, town, f"N{number}", "Roy")
    names, cursor = [], ""
    while True:
        found = movements(bruno, cursor=cursor, size=3)
        names += [one.name for one in found.rows]
        if not found.next:
            break
        cursor = found.next
    assert names == [f"N{number} Roy" for number in reversed(range(7))] + ["Mairie d’Aubrac"]


def test_no_query_for_each_line(town, service, sonia, bruno):
    newcomer(sonia, town, "Un", "Roy")

    def more() -> None:
        for number in range(12):
            newcomer(sonia, town, f"N{number}", "Roy")

    assert_flat(lambda: movements(bruno), more)


def test_how_many_moved(mayor, town, service, sonia, bruno):
    now = clock.now()
    with inside(service):
        parties.update(sonia, mayor, {"assigned_to": sonia.user_id})
    assert count_since(bruno, now.replace(year=now.year - 1), clock.now()) == 2
    start = clock.now()
    with inside(service):
        parties.update(sonia, Party.objects.get(pk=mayor.pk), {"mail_refused": True})
    assert count_since(bruno, start, clock.now()) == len(movements(bruno, kind="changed").rows) == 0
