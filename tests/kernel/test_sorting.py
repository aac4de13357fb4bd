"""The French alphabetical order (std F4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.kernel.sorting import sort_key
from entregent.kernel.text import fold


def in_order(words: list[str], locale: str = "fr") -> list[str]:
    """Sort words as a database does: by the bytes of their keys."""
    return sorted(words, key=lambda word: sort_key(word, locale=locale).encode())


def test_names_of_the_standard() -> None:
    assert in_order(["Zoé", "Éloi", "Le Gall", "Elan", "Œuvre", "d'Arc"]) == [
        "d'Arc", "Elan", "Éloi", "Le Gall", "Œuvre", "Zoé",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "order"),
    [("fr", "cote coté côte côté"), ("fr-CA", "cote côte coté côté"), ("fr_CA", "cote côte coté côté")],
)
def test_accents_count_from_the_end_in_quebec(locale: str, order: str) -> None:
    assert in_order(["côté", "coté", "cote", "côte"], locale) == order.split()


def test_letters_before_accents_before_case() -> None:
    assert in_order(["Côté", "côté", "Cotez", "cote", "Cote"]) == ["cote", "Cote", "côté", "Côté", "Cotez"]


def test_accents_follow_the_unicode_collation() -> None:
    assert in_order(["pë", "pê", "pè", "pé", "pe"]) == ["pe", "pé", "pè", "pê", "pë"]


def test_parts_compare_one_after_another() -> None:
    people = [("Le Gall", "Ana"), ("Le", "Zoé"), ("Legrand", "Ana"), ("Le Gall", ""), ("Le Gallo", "Al")]
    assert sorted(people, key=lambda names: sort_key(*names).encode()) == [
        ("Le", "Zoé"), ("Le Gall", ""), ("Le Gall", "Ana"), ("Le Gallo", "Al"), ("Legrand", "Ana"),
    ]  # fmt: skip


@given(st.text(max_size=20), st.text(max_size=20))
def test_letters_decide_first(one: str, other: str) -> None:
    """Two names whose letters differ are ordered by their letters, whatever their accents and case."""
    first, second = fold(one), fold(other)
    if first != second and len(first) + len(second) < 150:
        assert (sort_key(one) < sort_key(other)) == (first < second)


@given(st.text(), st.text())
def test_keys_are_bounded_and_printable(last: str, first: str) -> None:
    key = sort_key(last, first)
    assert len(key) <= 200
    assert "\x00" not in key
    assert key.encode()
