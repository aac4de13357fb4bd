"""The kernel's one error."""

from entregent.kernel.errors import Bad


def test_error_carries_its_code() -> None:
    bad = Bad("too_long", limit=3)
    assert (bad.code, bad.params, str(bad)) == ("too_long", {"limit": 3}, "too_long")
    assert isinstance(bad, ValueError)
