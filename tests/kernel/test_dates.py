"""Dates as people and spreadsheets write them (std F16)."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.kernel.dates import parse_birth, parse_date, parse_known
from entregent.kernel.errors import Bad


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-21",
        "21/11/2026",
        "21.11.2026",
        "21-11-26",
        " 21 11 2026 ",
        "20261121",
        "2026-11-21T14:30:00Z",
        "21/11/2026 14:30",
        "21/11/2026 14h30",
        "21 novembre 2026",
        "21 nov. 2026",
        "21-Nov-2026",
        "46347",
        46347,
        46347.6,
        date(2026, 11, 21),
        datetime(2026, 11, 21, 9),
    ],
)
def test_one_day_in_many_ways(typed: str | float | date) -> None:
    found = parse_date(typed)
    assert found == date(2026, 11, 21)
    assert type(found) is date


def test_first_of_the_month_and_month_first() -> None:
    assert parse_date("1er août 2020") == date(2020, 8, 1)
    assert parse_date("03/04/2026") == date(2026, 4, 3)
    assert parse_date("03/04/2026", order="mdy") == date(2026, 3, 4)


def test_two_figures_are_a_near_year() -> None:
    this_year = date.today().year
    assert parse_date("01/01/51").year == 1951
    assert parse_date(f"01/01/{this_year % 100:02}").year == this_year


@pytest.mark.parametrize(
    "typed",
    ["", "x", "31/02/2020", "0/0/0", "1/2/123", "21/11-2026", "12 brumaire 2020", True, 1, 1e9, float("nan")],
)
def test_refused(typed: str | float) -> None:
    with pytest.raises(Bad, match="date"):
        parse_date(typed)


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2199, 12, 31)))
def test_every_writing_comes_back(day: date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day:%d/%m/%Y}") == day
    assert parse_date((day - date(1899, 12, 30)).days) == day


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(s: str) -> None:
    with suppress(Bad):
        assert isinstance(parse_date(s), date)


TODAY = date(2026, 11, 21)


BIRTHS = {
    "01/01/1850": True, "2026-11-21": True,
    "31/12/1849": False, "2026-11-22": False, "0001-01-01": False, "9999-12-31": False,
}  # fmt: skip


@pytest.mark.parametrize(("typed", "kept"), BIRTHS.items())
def test_a_birth_date_is_between_1850_and_today(typed: str, kept: bool) -> None:
    if kept:
        assert parse_birth(typed, TODAY) == parse_date(typed)
    else:
        with pytest.raises(Bad, match="date_birth"):
            parse_birth(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "kept"), [("1000-01-01", True), ("2999-12-31", True), ("0999-12-31", False), ("3000-01-01", False)]
)
def test_any_other_date_is_between_the_years_1000_and_2999(typed: str, kept: bool) -> None:
    if kept:
        assert parse_known(typed) == parse_date(typed)
    else:
        with pytest.raises(Bad, match="date_far"):
            parse_known(typed)
