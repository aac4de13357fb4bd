"""The tables give figures as measured first, and scaled ones beside them; a target is judged by the first."""

import pytest

from bench import account_report, report

pytestmark = pytest.mark.alike
FAST = {
    "operation": "list, first page", "p50": 6.0, "p95": 8.0, "worst": 9.0, "slowest": "", "slowest_ms": 0.0,
    "cpu": 4.0, "server_cpu": 2.0, "queries": 7, "loop": 0.3,
}  # fmt: skip


def test_scaled_figures_are_those_of_a_loop_of_150_ms():
    assert report.quiet(FAST) == pytest.approx({"p50": 3.0, "p95": 4.0, "cpu": 3.0})


@pytest.mark.parametrize(
    ("cpu", "said"), [(6.0, "reached"), (8.0, "at quiet speed"), (14.1, "**missed**")]
)  # the server adds 2 ms; on a quiet machine it would be half
def test_a_target_is_judged_as_measured(cpu, said):
    assert report.verdict(FAST | {"cpu": cpu}) == f"cpu ≤ 8: {said}"


def test_a_target_holds_however_the_page_is_asked_for():
    assert report.verdict(FAST | {"operation": "list, first page — over the socket"}) == "cpu ≤ 8: reached"
    assert report.verdict(FAST | {"operation": "home"}) == ""


def test_an_operation_stands_beside_the_same_asked_otherwise():
    names = ["list", "infobox", "list — over the socket", "infobox — over the socket"]
    figures = [{"operation": name, "database": database} for database in ("sqlite", "postgres") for name in names]
    told = [(one["operation"], one["database"]) for one in report.in_order(figures)]
    assert told[:3] == [("list", "sqlite"), ("list", "postgres"), ("list — over the socket", "sqlite")]


def test_a_line_gives_the_slowest_term_after_the_worst_time():
    searched = FAST | {"operation": "search, part of a name", "slowest": "ma", "slowest_ms": 8.4}
    line = report.pages([{"database": "sqlite", "size": 10_000, "figures": [searched]}])[-1]
    assert line.startswith("| search, part of a name | sqlite | 10,000 | 6.0 | 8.0 | 9.0 | `ma` 8 | 6.0 | 7 | 3.0 |")


@pytest.mark.parametrize(
    ("wall", "cpu", "peak", "said"),
    [
        (0.3, 0.2, 200, "reached"),
        (0.5, 0.5, 200, "at quiet speed"),
        (0.5, 0.8, 200, "**missed**"),
        (0.3, 0.2, 301, "**missed**"),
    ],
)
def test_an_import_is_judged_by_the_clock_and_by_memory(wall, cpu, peak, said):
    took = {"rows": 1000, "wall": wall, "cpu": cpu, "server_cpu": 0.0, "loop": 0.3, "peak_mb": peak}
    filled = {"imports": [took | {"work": "import, empty base"}]}
    one = {"database": "sqlite", "size": 10_000, "filled": filled, "imports": [], "exports": []}
    assert account_report._files([one])[-1].endswith(f"| ≥ 3,000/s, < 300 MB: {said} |")
