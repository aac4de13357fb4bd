"""Tables of the figures of several accounts."""

from . import report
from .report import Found


def tables(found: Found) -> list[str]:
    """Return all tables, as Markdown."""
    return [*(_held(one["database"], one["size"], one["filled"]) for one in found), "", *report.pages(found)]


def _held(database: str, size: int, filled: dict) -> str:
    return (
        f"One account of {size:,} contacts among {filled['accounts'] - 1} of {filled['small']:,} ({database}), "
        f"{filled['entries']:,} journal entries; filled in {filled['seconds'] / 60:.1f} min on {filled['day']}."
    )
