"""Text folded, searched and cleaned (std F2, F6)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.kernel.errors import Bad
from entregent.kernel.text import (
    clean_line,
    clean_text,
    fold,
    name_key,
    phone_digits,
    query_words,
    searchable,
    searchable_email,
    unify,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("L’Hévéder", "l heveder"),
        ("L'HEVEDER", "l heveder"),
        ("Œuvre d'Ægir", "oeuvre d aegir"),
        ("Straße", "strasse"),
        ("Łódź – Øre", "lodz ore"),
        ("ISTANBUL İstanbul ısı", "istanbul istanbul isi"),
        ("  Jean\u00a0-\u2011 Charles\t", "jean charles"),
        ("so\u00adcié\u200bté", "societe"),
        ("1ʳᵉ ½ №", "1re 1 2 no"),
        ("Σίσυφος", "σισυφοσ"),
        ("", ""),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_fold_is_idempotent_and_bare(s: str) -> None:
    folded = fold(s)
    assert fold(folded) == folded
    assert folded == folded.strip()
    assert not any(unicodedata.combining(character) for character in folded)


def test_saint_is_a_whole_word() -> None:
    assert unify("saint denis sainte foy") == "st denis ste foy"
    assert unify("toussaint saintes") == "toussaint saintes"


def test_searchable_skips_empty_parts() -> None:
    assert searchable("Saint-Pierre", None, "", "Hélène") == "st pierre helene"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("st-pierre", ["st", "pierre"]),
        ("Saint Pierre", ["st", "pierre"]),
        ("SAINT-PIERRE", ["st", "pierre"]),
        ("l'hévéder", ["l", "heveder"]),
        ("L’Heveder", ["l", "heveder"]),
        ("01 23 45", ["012345"]),
        ("+33 1 23", ["33123"]),
        ("0033 (0)1 23", ["33123"]),
        ("(514) 555-0123", ["5145550123"]),
        ("01.23.45.67.89", ["0123456789"]),
        ("Dupont 06 12", ["dupont", "0612"]),
        ("12 75001", ["12", "75001"]),
        ("356 000 000 00049", ["35600000000049"]),
        ("Marie@Exemple.FR", ["marie@exemple.fr"]),
        ("<marie.dupont>,", ["marie.dupont"]),
        ("J.P. Martin", ["j", "p", "martin"]),
        ("anne anne", ["anne"]),
        (" - ' ", []),
    ],
)
def test_query_words(query: str, words: list[str]) -> None:
    assert query_words(query) == words


def test_query_is_bounded() -> None:
    assert len(query_words("a b c d e f g h i j k")) == 11
    with pytest.raises(Bad, match="too_long"):
        query_words("x" * 201)


@given(st.text())
def test_any_text_finds_itself(s: str) -> None:
    """Every word of a query made of a card's own name is in what is searched for it."""
    haystack = f"{searchable(s)} {searchable_email(s)} {phone_digits(s)}"
    if "@" not in s and "." not in s and not any(character.isdigit() for character in s):
        assert all(word in haystack for word in query_words(s))


def test_an_address_is_found_as_typed_and_by_its_words() -> None:
    kept = searchable_email("Mairie.Accueil@Saint-Denis.FR")
    for query in (
        "mairie.accueil",
        "accueil@saint-denis.fr",
        "saint-denis",
        "St Denis",
        "@saint",
        "denis.fr",
    ):
        assert all(word in kept for word in query_words(query)), query
    assert searchable_email("Marie_D@Exemple.fr") == "marie_d@exemple.fr"


def test_clean_line() -> None:
    assert clean_line("  Caf\u0065\u0301\u00a0\u202f\tnoir\r\n") == "Café noir"
    assert clean_line("\ufeffa\x00b\u202ec\u200d\u2066d\x9f") == "abcd"
    assert clean_line("x" * 255) == "x" * 255
    with pytest.raises(Bad) as caught:
        clean_line("x" * 256)
    assert (caught.value.code, caught.value.params) == ("too_long", {"limit": 255})


def test_clean_text_keeps_lines() -> None:
    assert clean_text("\n a\u00a0 b\r\n\r\nc\u2028d\x0b \r") == "a b\n\nc\nd"
    with pytest.raises(Bad, match="too_long"):
        clean_text("ab\n" * 10, limit=20)


@given(st.text())
def test_cleaned_text_has_no_control_character(s: str) -> None:
    cleaned = clean_text(s)
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_text(cleaned) == cleaned
    assert "\n" not in clean_line(s)


def test_name_key_knows_the_same_person() -> None:
    assert name_key("SAINT-PIERRE", "Jean-Paul") == name_key("St Pierre", "jean paul")
    assert name_key("Paul", "Jean") != name_key("Jean", "Paul")
