"""Ids are read one way, and what is none is none."""

import pytest

from entregent.kernel.ids import read_id, read_ids


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("12", 12), (" 12 ", 12), (12, 12), ("0", None), ("", None), ("-3", None), ("1.5", None), ("١٢", None),
        ("²", None),
        ("9" * 18, 10**18 - 1), ("9" * 19, None), (True, None), (None, None), (3.0, None), ([1], None),
    ],
)  # fmt: skip
def test_an_id_is_digits(given, wanted):
    assert read_id(given) == wanted


def test_several_are_read_once_each_in_order():
    assert read_ids(["3", 1, "3", "x", None]) == [3, 1]
    assert read_ids("12") == []
