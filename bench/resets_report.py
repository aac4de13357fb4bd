"""The table of how long a forgotten password takes to be answered."""

from .report import Found

MOST_APART = 0.10
"""How far the medians may be apart, as a share of the smaller."""


def tables(found: Found) -> list[str]:
    """Return the table, as Markdown."""
    head = [
        "| database | known address | unknown address | medians apart | quartiles overlap | |",
        "|---|---|---|---|---|---|",
    ]
    return [*head, *(_row(one["database"], one["figures"]) for one in found)]


def _row(database: str, figures: Found) -> str:
    known, unknown = (next(one["quartiles"] for one in figures if one["known"] == known) for known in (True, False))
    apart = abs(known[1] - unknown[1]) / min(known[1], unknown[1])
    overlap = known[0] <= unknown[2] and unknown[0] <= known[2]
    verdict = "good" if apart <= MOST_APART and overlap else "**tells**"
    cells = (database, _shown(known), _shown(unknown), f"{apart:.1%}", "yes" if overlap else "no", verdict)
    return f"| {' | '.join(cells)} |"


def _shown(quartiles: list[float]) -> str:
    low, median, high = quartiles
    return f"{median:.1f} ms ({low:.1f} to {high:.1f})"
