"""Tables of the figures, compared with the targets and with the calibration loop."""

from pathlib import Path
from typing import Any

from .machine import QUIET_LOOP

TARGETS = {
    "list, first page": ("cpu", 8), "list, page 1,000": ("cpu", 8), "open a contact": ("cpu", 10),
    "search, part of a name": ("p95", 25), "search, part of an e-mail": ("p95", 25), "search, two words": ("p95", 25),
    "save a contact": ("p50", 15), "create a contact": ("p50", 15),
    "union list, first page": ("cpu", 12), "union list, page 1,000": ("cpu", 12),
    "union search, part of a name": ("p95", 37.5), "union search, part of an e-mail": ("p95", 37.5),
    "union search, two words": ("p95", 37.5), "nested filter of 4 conditions": ("p95", 50),
}  # fmt: skip
"""Operation → (figure that has a target, target in milliseconds)."""
ROWS_A_SECOND, PEAK_MB, FIRST_KB, NEXT_KB, REQUESTS = 3000, 300, 150, 15, 12


def tables(found: list[dict[str, Any]]) -> list[str]:
    """Return the tables of an account's pages, as Markdown."""
    return [*pages(found), "", *_imports(found), "", *_weights(found)]


def keep(path: Path, subject: str, text: str) -> None:
    """Replace a subject's tables, between its two markers, in the benchmarks page."""
    begin, end = f"<!-- make bench {subject} begins -->", f"<!-- make bench {subject} ends -->"
    before, _, rest = path.read_text().partition(begin)
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{rest.partition(end)[2]}")


def pages(found: list[dict[str, Any]]) -> list[str]:
    """Return a table with a line for each page, database and size."""
    lines = [
        "| page | database | contacts | p50 ms | p95 ms | worst | CPU ms | SQL | quiet ms | ‰ of the loop | wanted |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --- |",
    ]
    for one in sorted(flat(found), key=lambda one: one["order"]):
        quiet = one["ratio"] * QUIET_LOOP
        times = " | ".join(f"{one[name]:.1f}" for name in ("p50", "p95", "worst"))
        lines.append(
            f"| {one['operation']} | {one['database']} | {one['size']:,} | {times} "
            f"| {one['cpu'] + one['server_cpu']:.1f} | {one['queries']} | {quiet:.1f} | {one['ratio']:.0f} "
            f"| {_verdict(one, quiet)} |"
        )
    return lines


def flat(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the figures of all runs, each with its database, its size and its position in the run."""
    return [
        figures | {"database": one["database"], "size": one["size"], "order": order}
        for one in found
        for order, figures in enumerate(one["figures"])
    ]


def _verdict(one: dict[str, Any], quiet: float) -> str:
    """Return "cpu ≤ 8: reached": CPU time is scaled to a quiet machine, wall time is not."""
    if one["operation"] not in TARGETS:
        return ""
    figure, limit = TARGETS[one["operation"]]
    reached = (quiet if figure == "cpu" else one[figure]) <= limit
    return f"{figure} ≤ {limit}: {'reached' if reached else '**missed**'}"


def _imports(found: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| import of 20 columns | database | rows/s | rows/s of CPU | quiet rows/s | peak MB | day | wanted |",
        "| --: | --- | --: | --: | --: | --: | --- | --- |",
    ]
    for one in found:
        took = one["filled"]
        if "wall" not in took:
            continue
        cpu = took["cpu"] + took["server_cpu"]
        quiet = took["rows"] / (cpu / took["loop"] * QUIET_LOOP)
        reached = quiet >= ROWS_A_SECOND and took["peak_mb"] < PEAK_MB
        lines.append(
            f"| {took['rows']:,} | {one['database']} | {took['rows'] / took['wall']:,.0f} "
            f"| {took['rows'] / cpu:,.0f} | {quiet:,.0f} | {took['peak_mb']:.0f} | {took['day']} "
            f"| ≥ {ROWS_A_SECOND:,}, < {PEAK_MB} MB: {'reached' if reached else '**missed**'} |"
        )
    return lines


def _weights(found: list[dict[str, Any]]) -> list[str]:
    weight = found[0]["weight"]
    first, page, part = (weight[name] / 1000 for name in ("first", "page", "part"))
    reached = first <= FIRST_KB and page <= NEXT_KB and weight["requests"] <= REQUESTS
    return [
        f"List of contacts: {first:.0f} kB and {weight['requests']} requests at the first visit (all that page and "
        f"style sheets name), {page:.1f} kB the next page, {part:.1f} kB its part by htmx; "
        f"{weight['page_plain'] / 1000:.0f} kB of HTML before compression. "
        f"Wanted: ≤ {FIRST_KB} kB, ≤ {NEXT_KB} kB, ≤ {REQUESTS} requests: {'reached' if reached else '**missed**'}."
    ]
