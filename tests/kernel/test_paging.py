"""Page cursors: they come back, and nothing else is taken for one."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.kernel.errors import Bad
from entregent.kernel.paging import decode_cursor, encode_cursor

WHOLE = st.integers(-(2**63), 2**63 - 1)
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
VALUES = st.lists(st.one_of(st.none(), WHOLE, TEXT, st.floats(allow_nan=False, allow_infinity=False)))


@given(VALUES.filter(lambda values: len(str(values)) < 1_000))
def test_cursor_comes_back(values: list[str | int | float | None]) -> None:
    cursor = encode_cursor(values)
    assert decode_cursor(cursor) == values
    assert cursor.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "cursor",
    ["", "é", "a", "W10=x", "e30", "W3RydWVd", "W1tdXQ", "bm90IGpzb24", "W" * 3000, "gA", "W1tb" * 400],
)
def test_damaged_cursor(cursor: str) -> None:
    with pytest.raises(Bad, match="cursor"):
        decode_cursor(cursor)


@pytest.mark.parametrize("value", [2**63, 10**400, "a\0b"])
def test_what_no_database_compares_is_refused(value: str | int) -> None:
    with pytest.raises(Bad, match="cursor"):
        decode_cursor(encode_cursor([value]))


@given(st.text(max_size=50))
def test_any_text_is_read_or_refused(cursor: str) -> None:
    with suppress(Bad):
        assert isinstance(decode_cursor(cursor), list)
