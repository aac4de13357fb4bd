"""Dates in full: in French the first of a month is «1er»."""

from datetime import date

import pytest
from django.utils.translation import override

from entregent.shell.dates import exact, written


@pytest.mark.parametrize(
    ("day", "shape", "french"),
    [
        (date(2026, 12, 1), "l j F", "mardi 1er décembre"),
        (date(2026, 12, 1), "DATE_FORMAT", "1er décembre 2026"),
        (date(2026, 12, 11), "DATE_FORMAT", "11 décembre 2026"),
        (date(2026, 1, 21), "l j F Y", "mercredi 21 janvier 2026"),
    ],
)
def test_the_first_of_a_month(day, shape, french):
    with override("fr"):
        assert written(day, shape) == french
    with override("en"):
        assert "1er" not in written(day, shape)


def test_exact_dates_say_it_too():
    with override("fr"):
        assert exact(date(2026, 12, 1)) == "1er décembre 2026"
