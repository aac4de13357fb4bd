"""Tables of one account's figures: pages, imports and exports, the served program, and the weight of a page."""

from typing import Any

from . import report
from .machine import QUIET_LOOP
from .report import Found, word

IMPORT_ROWS, PEAK_MB = 3000, 300
"""Rows a second that an import should reach, and the memory that it may need."""
EXPORT_ROWS = {"export, csv": 20_000, "export, xlsx": 8_155 / 0.6, "export, vcf": 10_000, "export, vcf4": 10_000}
"""Rows a second."""
FIRST_PAGE, AT_ONCE, MEMORY_MB = 2, 150, 250
"""Seconds from the start to the first page; pages a second by four clients; memory of the served program."""


def tables(found: Found) -> list[str]:
    """Return all tables, as Markdown."""
    return [
        *_held(found), "", *report.pages(found), "", *_files(found), "", *_served(found), "", *report.weights(found),
    ]  # fmt: skip


def _held(found: Found) -> list[str]:
    return [
        f"{one['size']:,} contacts ({one['database']}), {one['filled']['bodies']:,} organisations, "
        f"{one['filled']['entries']:,} journal entries besides those of filling; filled in "
        f"{one['filled']['seconds'] / 60:.1f} min on {one['filled']['day']}."
        for one in found
    ]


def _files(found: Found) -> list[str]:
    lines = [
        "| file | database | contacts | rows | s | rows/s | CPU s | peak MB | quiet rows/s | wanted |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --- |",
    ]
    for one in found:
        for took in [*one["filled"]["imports"], *one["imports"], *one["exports"]]:
            lines.append(
                f"| {took['work']} | {one['database']} | {one['size']:,} | {took['rows']:,} | {took['wall']:.2f} "
                f"| {took['rows'] / took['wall']:,.0f} | {took['cpu'] + took['server_cpu']:.2f} "
                f"| {took['peak_mb']:.0f} | {_quiet_rows(took):,.0f} | {_verdict(took)} |"
            )
    return lines


def _quiet_rows(took: dict[str, Any]) -> float:
    """Return the rows a second of CPU time, scaled to a quiet machine."""
    return took["rows"] / ((took["cpu"] + took["server_cpu"]) / took["loop"] * QUIET_LOOP)


def _verdict(took: dict[str, Any]) -> str:
    if took["work"] in EXPORT_ROWS:
        wanted, memory, also = EXPORT_ROWS[took["work"]], True, ""
    elif took["work"].startswith("import"):
        wanted, memory, also = IMPORT_ROWS, took["peak_mb"] < PEAK_MB, f", < {PEAK_MB} MB"
    else:
        return ""
    reached = took["rows"] / took["wall"] >= wanted and memory
    return f"≥ {wanted:,.0f}/s{also}: {word(reached, _quiet_rows(took) >= wanted and memory)}"


def _served(found: Found) -> list[str]:
    kinds = list(found[0]["cold"])
    lines = [
        f"| cold run | contacts | {' | '.join(kinds)} | four clients, pages/s | server's MB | wanted |",
        f"| --- | --: |{' --: |' * (len(kinds) + 2)} --- |",
    ]
    for one in found:
        cells = [f"{one['cold'][kind]:.1f}" for kind in kinds]
        wanted = (
            f"first page ≤ {FIRST_PAGE} s: {word(one['cold'][kinds[0]] <= FIRST_PAGE)}; "
            f"≥ {AT_ONCE} pages/s: {word(one['at_once'] >= AT_ONCE)}; "
            f"≤ {MEMORY_MB} MB: {word(one['memory_mb'] <= MEMORY_MB)}"
        )
        lines.append(
            f"| {one['database']} | {one['size']:,} | {' | '.join(cells)} | {one['at_once']:.0f} "
            f"| {one['memory_mb']:.0f} | {wanted} |"
        )
    return lines
