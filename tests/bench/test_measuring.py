"""Percentiles, the slowest term and CPU time are computed as the tables say."""

from types import SimpleNamespace

import pytest
from bench.measuring import measure, percentile, rounds, slowest_of

from bench import measuring

pytestmark = pytest.mark.alike


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        (range(1, 101), 0.95, 95),
        (range(1, 101), 0.5, 50),
        (range(1, 31), 0.95, 29),
        (range(1, 21), 0.95, 19),  # 0.95 * 20 is a little more than 19 in floating point
        ([3, 1, 2], 0.5, 2),
        ([2, 1], 0.5, 1),
        ([7], 0.95, 7),
        ([1, 1, 1, 1, 100], 0.95, 100),
    ],
)
def test_a_percentile_is_one_of_the_values_by_nearest_rank(values, share, expected):
    assert percentile(list(values), share) == expected


def test_the_slowest_term_is_slow_as_a_rule_not_once():
    given = ["ma", "lefèvre"] * 3
    assert slowest_of(given, [40, 5, 41, 900, 42, 6]) == ("ma", 41)


@pytest.mark.parametrize("given", [["ma", "ma"], [1, 2], [None, None]])
def test_there_is_no_slowest_term_unless_several_texts_were_given(given):
    assert slowest_of(given, [1, 2]) == ("", 0.0)


def test_each_of_several_texts_is_measured_often_enough_for_a_median():
    assert rounds([f"term {number}" for number in range(30)], 30).count("term 7") == measuring.ROUNDS
    assert len(rounds(list(range(30)), 30)) == 30
    assert len(rounds((None,), 30)) == 30
    assert rounds(["a", "b"], 30).count("a") == 15


@pytest.fixture
def clock(monkeypatch):
    """A clock that only the measured operation moves."""
    clock = SimpleNamespace(wall=0.0, cpu=0.0)
    times = SimpleNamespace(perf_counter=lambda: clock.wall, process_time=lambda: clock.cpu)
    monkeypatch.setattr(measuring, "time", times)
    monkeypatch.setattr(measuring, "loop", lambda: 0.3)
    return clock


def test_times_are_of_the_measured_turns_only(clock):
    calls = []

    def act(value):
        calls.append(value)
        clock.wall += 1.0 if len(calls) <= measuring.WARM + 1 else {"quick": 0.010, "slow": 0.050}[value]
        clock.cpu += 0.004

    found = measure("search", act, ["quick", "slow"], least=20)
    assert len(calls) == measuring.WARM + 1 + found.repetitions
    assert (found.repetitions, found.p50, found.p95, found.worst) == (20, *map(pytest.approx, (10, 50, 50)))
    assert (found.slowest, found.slowest_ms, found.cpu) == ("slow", pytest.approx(50), pytest.approx(4))
    assert found.ratio == pytest.approx(4 / 0.3)


def test_the_cpu_time_of_a_server_is_its_own_and_its_queries_are_unknown(clock):
    server = SimpleNamespace(cpu=0.0)

    def act(_):
        server.cpu += 0.007
        clock.cpu += 0.001

    found = measure("list", act, program=lambda: server.cpu)
    assert (found.cpu, found.queries) == (pytest.approx(7), None)
