"""Tables of the figures: as measured, then scaled to a quiet machine, and compared with the targets."""

from pathlib import Path
from typing import Any

from .machine import QUIET_LOOP

Found = list[dict[str, Any]]
TARGETS = {
    "list, first page": ("cpu", 8), "list, page 1,000": ("cpu", 8), "open a contact": ("cpu", 10),
    "search, part of a name": ("p95", 25), "search, part of an e-mail": ("p95", 25), "search, two words": ("p95", 25),
    "save a contact": ("p50", 15), "create a contact": ("p50", 15), "edit form": ("cpu", 15),
    **{f"open a contact with {length:,} entries": ("cpu", 10) for length in (1, 10, 100, 1_000, 10_000)},
    "union list, first page": ("cpu", 12), "union list, page 1,000": ("cpu", 12),
    "union search, part of a name": ("p95", 37.5), "union search, part of an e-mail": ("p95", 37.5),
    "union search, two words": ("p95", 37.5), "nested filter of 4 conditions": ("p95", 50),
}  # fmt: skip
"""Operation → (figure that has a target, target in milliseconds)."""
ENDING = " — "
"""After it, the name of an operation says in which account or how it was asked."""
FIRST_KB, NEXT_KB, REQUESTS = 150, 15, 12


def pages(found: Found) -> list[str]:
    """Return a table with a line for each page, database and size."""
    lines = [
        "| page | database | contacts | p50 ms | p95 ms | worst ms | slowest term, its median | CPU ms | SQL "
        "| quiet p50 | quiet p95 | quiet CPU | wanted |",
        "| --- | --- | --: | --: | --: | --: | --- | --: | --: | --: | --: | --: | --- |",
    ]
    for one in in_order(flat(found)):
        scaled = quiet(one)
        slowest = f"`{one['slowest']}` {one['slowest_ms']:.0f}" if one["slowest"] else ""
        lines.append(
            f"| {one['operation']} | {one['database']} | {one['size']:,} | {one['p50']:.1f} | {one['p95']:.1f} "
            f"| {one['worst']:.1f} | {slowest} | {one['cpu'] + one['server_cpu']:.1f} "
            f"| {'–' if one['queries'] is None else one['queries']} "
            f"| {scaled['p50']:.1f} | {scaled['p95']:.1f} | {scaled['cpu']:.1f} | {verdict(one)} |"
        )
    return lines


def flat(found: Found) -> Found:
    """Return the figures of all runs, each with its database and its size."""
    return [
        figures | {"database": one["database"], "size": one["size"]} for one in found for figures in one["figures"]
    ]


def in_order(figures: Found) -> Found:
    """Return the figures with those of an operation together, however it was asked, in the order of the first run."""
    names = dict.fromkeys(one["operation"] for one in figures)
    place = {name: number for number, name in enumerate(dict.fromkeys(map(base, names)))}
    way = {name: number for number, name in enumerate(names)}
    return sorted(figures, key=lambda one: (place[base(one["operation"])], way[one["operation"]]))


def base(operation: str) -> str:
    """Return the name of an operation without how it was asked."""
    return operation.partition(ENDING)[0]


def raw(one: dict[str, Any]) -> dict[str, float]:
    """Return the times as measured; ``cpu``: of program and database."""
    return {"p50": one["p50"], "p95": one["p95"], "cpu": one["cpu"] + one["server_cpu"]}


def quiet(one: dict[str, Any]) -> dict[str, float]:
    """Return the times that a quiet machine would take: scaled by the calibration loop."""
    return {name: value * QUIET_LOOP / one["loop"] for name, value in raw(one).items()}


def verdict(one: dict[str, Any]) -> str:
    """Return "cpu ≤ 8: reached", by the time as measured; "at quiet speed" if only the scaled one reaches it."""
    target = TARGETS.get(base(one["operation"]))
    if target is None:
        return ""
    figure, limit = target
    return f"{figure} ≤ {limit}: {word(raw(one)[figure] <= limit, quiet(one)[figure] <= limit)}"


def word(reached: bool, scaled: bool = False) -> str:
    """Say whether a target is reached: as measured, or else by the scaled figure."""
    return "reached" if reached else "at quiet speed" if scaled else "**missed**"


def loops(found: Found) -> str:
    """Say how fast the machine was during the run."""
    times = [one["loop"] for one in flat(found)]
    return (
        f"The calibration loop took {min(times):.2f} to {max(times):.2f} s; quiet figures are scaled to {QUIET_LOOP}."
    )


def weights(found: Found) -> list[str]:
    """Return a line about the size of pages on the wire."""
    weight = found[0]["weight"]
    first, page, part = (weight[name] / 1000 for name in ("first", "page", "part"))
    reached = first <= FIRST_KB and page <= NEXT_KB and weight["requests"] <= REQUESTS
    return [
        f"List of contacts: {first:.0f} kB and {weight['requests']} requests at the first visit (all that page and "
        f"style sheets name), {page:.1f} kB the next page, {part:.1f} kB its part by htmx; "
        f"{weight['page_plain'] / 1000:.0f} kB of HTML before compression. "
        f"Wanted: ≤ {FIRST_KB} kB, ≤ {NEXT_KB} kB, ≤ {REQUESTS} requests: {word(reached)}."
    ]


def keep(folder: Path, subject: str, size: int, text: str) -> Path:
    """Write the tables of a subject and size as a page of their own; return it."""
    page = folder / f"{subject}-{size}.md"
    page.write_text(text + "\n")
    return page
