"""A database is measured where it was filled; what would change it works on a copy."""

import pytest
from bench.places import Place

pytestmark = pytest.mark.alike


def test_a_copy_is_another_database_and_is_deleted(tmp_path):
    place = Place(tmp_path, "sqlite", "10000")
    with place.open() as variables:
        (place.data / "filled.json").write_text("{}")
    with place.copied() as copy, copy.open() as of_copy:
        assert copy.is_filled
        assert of_copy["ENTREGENT_DATA"] not in ("", variables["ENTREGENT_DATA"])
        (copy.data / "filled.json").write_text("changed")
    assert (place.data / "filled.json").read_text() == "{}"
    assert [path.name for path in tmp_path.iterdir()] == ["sqlite-10000"]
