"""What long work keeps on disk: sets of keys, and things by their keys."""

import pytest

from entregent.store import scratch
from entregent.store.scratch import Keys, Things


def test_keys_tell_which_were_there():
    keys = Keys()
    assert keys.add(["a", "b", "a"]) == ["a"]
    assert keys.add(["b", "c"]) == ["b"]
    assert "c" in keys
    assert "d" not in keys


def test_things_are_found_by_any_key_once_and_in_order(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scratch, "AT_ONCE", 2)
    things = Things()
    things.keep({2: b"two", 1: b"one", 3: b"three"}, [("a", 2), ("b", 2), ("c", 1), ("d", 3)])
    things.keep({2: b"deux"}, [("a", 2), ("e", 2)])
    assert list(things.having(["a", "b", "c", "e", "z"])) == [b"one", b"deux"]
    assert list(things.having([])) == []
