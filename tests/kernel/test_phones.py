"""Telephone numbers (std F12)."""

import pytest

from entregent.kernel.errors import Bad
from entregent.kernel.phones import (
    Phone,
    _any_e164,
    _any_format,
    format_phone,
    is_incomplete,
    parse_phone,
    phone_search_text,
)


@pytest.mark.parametrize(
    ("typed", "country", "e164"),
    [
        ("01 23 45 67 89", "FR", "+33123456789"),
        ("01.23.45.67.89", "FR", "+33123456789"),
        ("123456789", "FR", "+33123456789"),
        ("+33 (0)1 23 45 67 89", "FR", "+33123456789"),
        ("0033 1 23 45 67 89", "BE", "+33123456789"),
        ("tel:+33-1-23-45-67-89", "FR", "+33123456789"),
        ("02/555.12.12", "BE", "+3225551212"),
        ("022 123 45 67", "CH", "+41221234567"),
        ("27 12 34 56", "LU", "+35227123456"),
        ("(514) 555-0123", "CA", "+15145550123"),
        ("1-514-555-0123", "CA", "+15145550123"),
        ("0000000000", "FR", ""),
        ("06 12 34 56 78", "BE", ""),
        ("17", "FR", ""),
        ("3646", "FR", ""),
        ("0800 123 456", "FR", ""),
    ],
)
def test_e164(typed: str, country: str, e164: str) -> None:
    assert parse_phone(typed, country).e164 == e164


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("03 23 45 67 89 / appeler le 17", Phone("03 23 45 67 89", "+33323456789", "", "appeler le 17")),
        ("Mairie : 01 23 45 67 89 (matin)", Phone("01 23 45 67 89", "+33123456789", "", "Mairie matin")),
        ("Tél. 01 23 45 67 89", Phone("01 23 45 67 89", "+33123456789", "", "")),
        ("2e ligne 01 23 45 67 89", Phone("01 23 45 67 89", "+33123456789", "", "2e ligne")),
        ("01 23 45 67 89 / 06 12 34 56 78", Phone("01 23 45 67 89", "+33123456789", "", "06 12 34 56 78")),
        ("01 23 45 67 89 poste 12", Phone("01 23 45 67 89", "+33123456789", "12", "")),
        ("01 23 45 67 89 p. 12", Phone("01 23 45 67 89", "+33123456789", "12", "")),
        ("01 23 45 67 89 (ext. 4)", Phone("01 23 45 67 89", "+33123456789", "4", "")),
        ("01 23 45 67 89 #4", Phone("01 23 45 67 89", "+33123456789", "4", "")),
        ("tel:+33123456789;ext=5", Phone("+33123456789", "+33123456789", "5", "")),
        ("tel:5550123;phone-context=+1-514", Phone("+1-514 5550123", "+15145550123", "", "")),
        ("3646", Phone("3646", "", "", "")),
    ],
)
def test_what_is_around_the_number(typed: str, phone: Phone) -> None:
    assert parse_phone(typed, "FR") == phone


def test_letters_are_no_number() -> None:
    with pytest.raises(Bad, match="phone_no_digits"):
        parse_phone("sur demande", "FR")


@pytest.mark.parametrize(
    ("e164", "country", "shown"),
    [
        ("+33123456789", "FR", "01 23 45 67 89"),
        ("+33123456789", "CA", "+33 1 23 45 67 89"),
        ("+15145550123", "CA", "514 555-0123"),
        ("+15145550123", "FR", "+1 514 555-0123"),
        ("+3225551212", "BE", "02 555 12 12"),
        ("+32470123456", "BE", "0470 12 34 56"),
        ("+41221234567", "CH", "022 123 45 67"),
        ("+35227123456", "LU", "27 12 34 56"),
        ("", "FR", ""),
    ],
)
def test_shown(e164: str, country: str, shown: str) -> None:
    assert format_phone(e164, country) == shown


@pytest.mark.parametrize("country", ["FR", "CA", "US", "BE"])
@pytest.mark.parametrize("prefix", ["+331", "+334", "+336", "+337", "+1514", "+1418", "+1212"])
def test_the_short_way_to_write_a_number_agrees_with_the_library(prefix: str, country: str) -> None:
    for rest in range(0, 10**8, 7_654_321):
        number = f"{prefix}{rest:08}"[:12]
        assert format_phone(number, country) == _any_format(number, country)


def test_search_text_has_both_ways_to_dial() -> None:
    assert phone_search_text("+33123456789") == "33123456789 0123456789"
    assert phone_search_text("+15145550123") == "15145550123"
    assert phone_search_text("+442079460958") == "442079460958 02079460958"
    assert phone_search_text("", "36 46") == "3646"


@pytest.mark.parametrize("country", ["FR", "BE", "CH", "LU", "CA"])
def test_the_short_way_agrees_with_the_library(country: str) -> None:
    """Common numbers are read from the library's own patterns: the answer must be the library's."""
    for prefix in range(100):
        for length in (8, 9, 10):
            number = f"{prefix:02}12345678"[:length]
            assert parse_phone(number, country).e164 == _any_e164(number, country), number


@pytest.mark.parametrize("country", ["FR", "BE", "CH", "LU", "CA"])
def test_a_number_that_does_not_exist_is_one_for_the_library_too(country: str) -> None:
    """Mistyped numbers are refused without asking the library: it must refuse them as well."""
    for trunk in ("0", "", "1"):
        for rest in range(0, 10**9, 9_876_543):
            number = f"{trunk}{rest}"
            assert parse_phone(number, country).e164 == _any_e164(number, country), number


@pytest.mark.parametrize(
    ("raw", "country", "incomplete"),
    [
        ("04 75 87", "FR", True),
        ("04 75", "FR", True),
        ("06 12 34 56 7", "FR", True),
        ("+33 4 75 87", "FR", True),
        ("tél. 04 75 87 81", "FR", True),
        ("555-1234", "CA", True),
        ("514 555 12", "CA", True),
        ("02 345 67", "BE", True),
        ("+41 22 345", "FR", True),
        ("04 75 87 81 00", "FR", False),
        ("+1 514 555-0123", "FR", False),
        ("26 12 34", "LU", False),
        ("3646", "FR", False),
        ("15", "FR", False),
        ("06 45 12 98 03 99", "FR", False),
        ("appeler le soir", "FR", False),
        ("", "FR", False),
    ],
)
def test_a_number_with_too_few_digits_is_incomplete(raw, country, incomplete):
    assert is_incomplete(raw, country) is incomplete
