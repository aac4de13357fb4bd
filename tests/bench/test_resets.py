"""The table of forgotten passwords says when they tell who has an account."""

import pytest
from bench.resets_report import tables


@pytest.mark.parametrize(
    ("known", "unknown", "verdict"),
    [
        ([20, 30, 40], [21, 32, 41], "good"),
        ([20, 30, 40], [21, 34, 41], "**tells**"),
        ([29, 30, 31], [32, 32, 33], "**tells**"),
    ],
)
def test_medians_must_be_near_and_quartiles_overlap(known: list, unknown: list, verdict: str):
    figures = [{"known": True, "quartiles": known}, {"known": False, "quartiles": unknown}]
    [*_head, row] = tables([{"database": "sqlite", "figures": figures}])
    assert row.endswith(f"| {verdict} |")
