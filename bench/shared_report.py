"""Tables of the figures of a shared directory: its pages, the worker's jobs, and the cost of visibility."""

from typing import Any

from . import report
from .machine import QUIET_LOOP
from .report import Found, word

ALL_SHOWN, HALF_RESTRICTED = "all shown to everyone", "half kept back"
"""Suffixes of the benchmarks that run twice: before and after half of the account's records are restricted."""
MOST_COST = 20
"""Maximum cost of visibility, in percent."""
LIMITS = {"tag": (60, 100_000), "sync": (120, 100_000)}
"""Deed → (seconds, rows): the time limit for that many rows, proportionally less for fewer."""
FEWEST_ROWS = 5_000
"""Below this many rows there is no verdict: fixed costs would dominate."""
FLAT_GROWTH = 1.25
"""Memory counts as flat if it grows by at most a quarter after the first tenth of the steps."""


def tables(found: Found) -> list[str]:
    """Return all tables, as Markdown."""
    return [*_held(found), "", *report.pages(found), "", *_work(found), "", *_visibility(found)]


def _held(found: Found) -> list[str]:
    """Return a line per size with the directories' contents: the other tables give the shared one's size only."""
    sizes = {one["size"]: one["filled"] for one in found}
    return [
        f"{held['reference']:,} shared contacts, {held['own']:,} of the account's own, {held['layers']:,} layers."
        for held in sizes.values()
    ]


def _work(found: Found) -> list[str]:
    lines = [
        "| work | database | shared | rows | s | CPU s | quiet s | rows/s | MB after a tenth | peak MB | wanted |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --- |",
    ]
    for one in found:
        for deed in LIMITS:
            for took in one[deed]:
                cpu = took["cpu"] + took["server_cpu"]
                lines.append(
                    f"| {took['work']} | {one['database']} | {one['size']:,} | {took['rows']:,} | {took['wall']:.1f} "
                    f"| {cpu:.1f} | {cpu / took['loop'] * QUIET_LOOP:.1f} | {took['rows'] / took['wall']:,.0f} "
                    f"| {took['early_mb']:.0f} | {took['peak_mb']:.0f} | {_verdict(one, deed, took)} |"
                )
    return lines


def _verdict(one: dict[str, Any], deed: str, took: dict[str, Any]) -> str:
    """Return a deed's verdict: for "tag" on its first line, for "sync" on its last, about all lines together."""
    lines = one[deed]
    seconds, rows = LIMITS[deed]
    if deed == "tag":
        judged, wall = took is lines[0], took["wall"]
    else:
        judged, wall = took is lines[-1], sum(line["wall"] for line in lines)
    if not judged or lines[0]["rows"] < FEWEST_ROWS:
        return ""
    limit = seconds * lines[0]["rows"] / rows
    said = f"{'in all ' if deed == 'sync' else ''}{wall:.1f} ≤ {limit:.1f} s: {word(wall <= limit)}"
    if deed == "sync":
        level = all(line["peak_mb"] <= FLAT_GROWTH * line["early_mb"] for line in lines)
        said += f"; memory flat: {word(level)}"
    return said


def _visibility(found: Found) -> list[str]:
    lines = [
        f"| page | database | shared contacts | {ALL_SHOWN}, quiet ms "
        f"| {HALF_RESTRICTED}, quiet ms | cost | wanted |",
        "| --- | --- | --: | --: | --: | --: | --- |",
    ]
    figures = {(one["operation"], one["database"], one["size"]): one for one in report.flat(found)}
    for (operation, database, size), kept in figures.items():
        page, _comma, state = operation.rpartition(", ")
        if state != HALF_RESTRICTED:
            continue
        free = figures[f"{page}, {ALL_SHOWN}", database, size]
        cost = 100 * (kept["ratio"] / free["ratio"] - 1)
        lines.append(
            f"| {page} | {database} | {size:,} | {free['ratio'] * QUIET_LOOP:.1f} "
            f"| {kept['ratio'] * QUIET_LOOP:.1f} | {cost:+.0f} % | ≤ {MOST_COST} %: {word(cost <= MOST_COST)} |"
        )
    return lines
