"""What a database is filled with is as the tables say: names, histories of known lengths, cards like rows."""

import sqlite3
from collections import Counter
from math import gcd

import pytest

from bench import histories, names, people

pytestmark = pytest.mark.alike


def test_common_names_are_as_frequent_as_counted():
    found = Counter(names.last_name(turn / 100_000) for turn in range(100_000))
    assert found["Martin"] / 100_000 == pytest.approx(124 / names.COUNTED, rel=0.01)
    assert found[""] / 100_000 == pytest.approx(0.64, abs=0.01)
    assert {names.first_name(sex, 0) for sex in "FM"} == {"Sylvie", "Michel"}


def test_a_card_says_what_the_row_of_the_same_number_says():
    row = dict(zip(people.HEADERS, people.row(40, 100), strict=True))
    card = people.card(40, list(range(1000, 1100)))
    assert [card["last_name"], card["emails"][0]["value"], card["code"]] == [
        row["Nom"], row["Courriel"], row["Numéro d'adhérent"],
    ]  # fmt: skip
    assert card["tags"] == row["Balises"].split(", ")
    assert len(people.TAGS) == len(set(people.TAGS)) == 40
    if row["Organisme"]:
        assert card["positions"][0]["organisation"] == 1000 + int(row["Organisme"].split()[-1])


@pytest.mark.parametrize(("number", "count"), [(100_000, 10_000), (60_000, 300)])
def test_histories_have_the_lengths_that_are_measured(number, count):
    place = histories.place("turn", number, count)
    with sqlite3.connect(":memory:") as database:
        series = f"WITH RECURSIVE s (turn) AS (SELECT 0 UNION ALL SELECT turn + 1 FROM s WHERE turn < {number - 1})"
        found = dict(database.execute(f"{series} SELECT {place} AS place, count(*) FROM s GROUP BY 1"))
    assert tuple(found[rank] for rank in range(len(histories.LENGTHS))) == histories.LENGTHS
    assert max(found) == count - 1
    assert sum(found.values()) == number
    assert len(found) > 0.9 * count


def test_a_small_journal_has_the_shorter_histories_only():
    assert histories.place("turn", 5_000, 1_000).count("WHEN") == 4


@pytest.mark.parametrize("number", [5_000, 50_000, 100_000, 500_000, histories.MOST])
def test_each_entry_has_a_turn_of_its_own(number):
    assert gcd(histories.STRIDE, number) == 1
