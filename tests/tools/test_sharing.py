"""What may ask a database runs on each; what is unknown does, too."""

from types import SimpleNamespace

import pytest
from tests import sharing
from tests.sharing import deal, elsewhere, is_walk, on_each


def item(*fixtures: str, marks: tuple[str, ...] = (), nodeid: str = "tests/web/test_a.py::test_b") -> SimpleNamespace:
    return SimpleNamespace(
        nodeid=nodeid,
        fixturenames=list(fixtures),
        get_closest_marker=lambda name: name if name in marks else None,
    )


@pytest.mark.parametrize("fixture", ["db", "transactional_db", "live_server"])
def test_what_asks_runs_on_each(fixture: str):
    assert on_each(item("tmp_path", fixture))
    assert on_each(item(marks=("django_db",)))
    assert not on_each(item(fixture, marks=("alike",)))


def test_what_cannot_ask_runs_once():
    assert not on_each(item("tmp_path", "sample"))


def test_what_is_of_one_database_is_left_out_on_the_other(request: pytest.FixtureRequest):
    test = SimpleNamespace(get_closest_marker={"only_on": pytest.mark.only_on("sqlite").mark}.get)
    assert elsewhere(test, "postgresql")
    assert not elsewhere(test, "sqlite")
    assert not elsewhere(request.node, "postgresql")


def test_walks_are_those_in_a_browser_and_over_every_door():
    law = "tests/laws/test_urls.py::test_it"
    assert is_walk(item("page", "db"))
    assert is_walk(item("db", nodeid=law))
    assert not is_walk(item("db"))
    assert not is_walk(item("page"))
    assert not is_walk(item("db", marks=("only_on",), nodeid=law))


def test_a_walk_runs_on_one_database_and_on_the_other_the_next_day(monkeypatch: pytest.MonkeyPatch):
    walks = [item("page", "db", nodeid=name) for name in "abcde"]

    def run(database: str, day: int) -> set[str]:
        monkeypatch.setattr(sharing, "DATABASE", database)
        monkeypatch.setattr(sharing, "SEED", day)
        return set("abcde") - deal(walks)

    assert run("sqlite", 1) | run("postgresql", 1) == set("abcde")
    assert run("sqlite", 1) | run("sqlite", 2) == set("abcde")
    assert not run("sqlite", 1) & run("postgresql", 1)


def test_what_is_unknown_runs_on_each():
    assert on_each(SimpleNamespace(get_closest_marker=lambda name: None))


def test_the_database_is_not_asked_for_on_the_way(request: pytest.FixtureRequest):
    with pytest.raises(pytest.fail.Exception, match="name it among the fixtures"):
        request.getfixturevalue("db")


def test_a_test_of_the_database_is_one(request: pytest.FixtureRequest, db):
    assert on_each(request.node)
