"""Keyset pages: forwards and backwards, ties, added and deleted rows, forged cursors."""

import base64
from contextlib import suppress
from itertools import product

import pytest
from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.directory.selections.selections import SORTS, Selection
from entregent.kernel.errors import Bad
from entregent.kernel.paging import encode_cursor
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


DAMAGED = [
    "x", "%%%", "é", "a" * 3000, encode_cursor(["n"]), encode_cursor(["z", "a", 1]),
    encode_cursor(["n", "a", "b"]), encode_cursor(["n", "a\x00", "b"]),
    encode_cursor([None, None, None]), encode_cursor(["n", "a", 1, 2]), INFINITE,
]  # fmt: skip


@pytest.mark.usefixtures("ten")
def test_a_damaged_cursor_is_refused(aicha, subtests):
    for cursor in DAMAGED:
        with subtests.test(cursor=cursor):
            with pytest.raises(Bad) as refused, transaction.atomic():  # one refusal leaves the next its transaction
                page_of(Selection("p").parties(aicha), Selection("p").order, cursor, SIZE)
            assert refused.value.code == "cursor"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_at_the_end_of_the_calendar_breaks_nothing(aicha, moment):
    """PostgreSQL compares it; SQLite, where it must first become UTC, can't."""
    with suppress(Bad):
        page_of(Selection("p").parties(aicha), Order(SORTS["last_action"]), encode_cursor(["n", moment, 1]), SIZE)
