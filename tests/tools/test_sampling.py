"""Samples cover every row and column, and the whole leaves out nothing."""

import pytest
from tests import sampling
from tests.sampling import Sample

ROWS, COLUMNS = list("abcdefg"), list(range(11))


@pytest.mark.parametrize("seed", range(20))
def test_every_row_and_every_column_is_in_a_sample(monkeypatch, seed: int):
    monkeypatch.setattr(sampling, "SEED", seed)
    pairs = list(Sample(whole=False).pairs(ROWS, COLUMNS, 2))
    assert len(pairs) == len(set(pairs)) == 2 * len(ROWS)
    assert {row for row, _ in pairs} == set(ROWS)
    assert {column for _, column in pairs} == set(COLUMNS)
    assert pairs == list(Sample(whole=False).pairs(ROWS, COLUMNS, 2))


def test_in_time_all_is_met(monkeypatch):
    met = set()
    for seed in range(60):
        monkeypatch.setattr(sampling, "SEED", seed)
        met |= set(Sample(whole=False).pairs(ROWS, COLUMNS, 2))
    assert len(met) == len(ROWS) * len(COLUMNS)


def test_the_whole_is_all_of_it():
    assert len(list(Sample(whole=True).pairs(ROWS, COLUMNS, 2))) == len(ROWS) * len(COLUMNS)
    assert (Sample(whole=True).size(3, 30), Sample(whole=False).size(3, 30)) == (30, 3)
