"""Keyset pages: forwards and backwards, ties, added and deleted rows, forged cursors."""

import base64
from itertools import product

import pytest

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.directory.selections.selections import SORTS, Selection
from entregent.kernel.errors import Bad
from entregent.store.pages import Order, page_of

SIZE = 3
INFINITE = base64.urlsafe_b64encode(b'["n",Infinity,Infinity]').decode().rstrip("=")


@pytest.fixture
def ten(aicha: Actor) -> None:
    """Ten people, of whom six have the same name, and two cities."""
    for index in range(10):
        name = "Martin" if index < 6 else f"Nom{index}"
        city = {"city": "Crest" if index % 2 else "Die"}
        parties.create(aicha, "p", {"first_name": "Paul", "last_name": name, "address": city})


def walk(by: Actor, order: Order) -> tuple[list[int], list[int]]:
    """The ids met going forward to the end, then those met coming back to the beginning."""
    people = Selection("p").parties(by)
    forward, cursor, page = [], "", None
    while cursor is not None:
        page = page_of(people, order, cursor, SIZE)
        forward += [party.pk for party in page.rows]
        cursor = page.next
    back = [party.pk for party in page.rows]
    while page.previous:
        page = page_of(people, order, page.previous, SIZE)
        back = [party.pk for party in page.rows] + back
    return forward, back


@pytest.mark.usefixtures("ten")
def test_every_row_once_forward_and_back(aicha, subtests):
    for sort, descending in product(SORTS, (False, True)):
        with subtests.test(sort=sort, descending=descending):
            order = Order(SORTS[sort], descending)
            whole = [party.pk for party in Selection("p").parties(aicha).order_by(*order.clauses())]
            forward, back = walk(aicha, order)
            assert forward == whole
            assert back == whole


@pytest.mark.usefixtures("ten")
def test_the_ends_have_no_further_page(aicha):
    people, order = Selection("p").parties(aicha), Selection("p").order
    first = page_of(people, order, "", SIZE)
    assert first.previous is None
    again = page_of(people, order, page_of(people, order, first.next, SIZE).previous, SIZE)
    assert [row.pk for row in again.rows] == [row.pk for row in first.rows]
    assert again.previous is None
    assert page_of(people, order, "", 10).next is None


@pytest.mark.usefixtures("ten")
def test_a_row_that_comes_before_shifts_nothing(aicha):
    people, order = Selection("p").parties(aicha), Selection("p").order
    first = page_of(people, order, "", SIZE)
    expected = [row.pk for row in page_of(people, order, first.next, SIZE).rows]
    parties.create(aicha, "p", {"first_name": "Aa", "last_name": "Aa"})
    Party.objects.get(pk=first.rows[-1].pk).delete()
    assert [row.pk for row in page_of(people, order, first.next, SIZE).rows] == expected


@pytest.mark.usefixtures("ten")
def test_a_damaged_cursor_is_refused(aicha, subtests):
    people, order = Selection("p").parties(aicha), Selection("p").order
    cursor = page_of(people, order, "", SIZE).next
    elsewhere = page_of(people, Order(SORTS["city"]), "", SIZE).next
    for damaged in (
        "x",
        "%%%",
        "é",
        "a" * 3000,
        ".",
        cursor[:-1],
        cursor[1:],
        f"é{cursor}",
        f"{cursor}\0",
        elsewhere,
    ):
        with subtests.test(cursor=damaged), pytest.raises(Bad, match="cursor"):
            page_of(people, order, damaged, SIZE)


def test_a_cursor_of_long_names_fits_into_an_address(aicha):
    for first_name in ("王" * 120, "李" * 120):
        company = {"organisation_name": "株式会社" * 40}
        parties.create(aicha, "p", {"first_name": first_name, "last_name": "Ж" * 120} | company)
    page = page_of(Selection("p").parties(aicha), Order(SORTS["organisation"]), "", 1)
    assert len(page.next) < 2000
    assert page_of(Selection("p").parties(aicha), Order(SORTS["organisation"]), page.next, 1).rows
