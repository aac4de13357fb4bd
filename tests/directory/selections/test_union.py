"""Lists of the account's own and shared records, page by page, in one order (A6)."""

import pytest

from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.store.pages import page_of


@pytest.fixture
def both(service, sonia, aicha):
    """Twelve shared people and nine of one's own, in turn; two shared ones have personal information."""
    with inside(sonia.account):
        shared = [parties.create(sonia, "p", {"last_name": f"N{n:02}", "first_name": "S"}) for n in range(0, 24, 2)]
    for n in range(1, 18, 2):
        parties.create(aicha, "p", {"last_name": f"N{n:02}", "first_name": "M"})
    for party in shared[3:5]:
        parties.update(aicha, Party.readable.get(pk=party.pk), {"notes": "à nous"})
    return aicha


def walked(by, size: int = 4, **params) -> list[str]:
    """The names of all pages one after the other, then back to the first."""
    selection = Selection.read("p", params)
    names, cursor, last = [], "", None
    while last is None or last.next:
        last = page_of(selection.parties(by), selection.order, cursor, size, selection.parts(by))
        names += [party.last_name for party in last.rows]
        cursor = last.next
    back = []
    while last.previous:
        last = page_of(selection.parties(by), selection.order, last.previous, size, selection.parts(by))
        back = [party.last_name for party in last.rows] + back
    assert back == names[: len(back)]
    assert len(names) - len(back) <= size
    return names


def test_the_pages_of_both_are_those_of_one(both, subtests):
    for sort in ("name", "-name", "organisation", "-last_action", "active", "created"):
        with subtests.test(sort=sort):
            names = walked(both, sort=sort)
            assert sorted(names) == sorted(f"N{n:02}" for n in range(18)) + ["N18", "N20", "N22"]
            whole = Selection.read("p", {"sort": sort})
            asked = whole.parties(both).order_by(*whole.order.clauses())
            assert names == [party.last_name for party in asked]


def test_one_may_look_at_ones_own_or_at_the_services(both):
    assert walked(both, source="mine") == [f"N{n:02}" for n in range(1, 18, 2)]
    assert walked(both, source="service") == [f"N{n:02}" for n in range(0, 24, 2)]


def test_a_source_that_is_none_selects_nothing(both):
    assert walked(both, source="x") == []
