"""What can be measured: the programs that fill and measure, and how long they take."""

from collections.abc import Callable
from dataclasses import dataclass

from . import account_report, accounts_report, resets_report, shared_report
from .report import Found


@dataclass(frozen=True)
class Subject:
    """A set of benchmarks.

    ``filling``: the module that fills a database; ``measures``: the modules that measure it, with their arguments;
    ``tables``: what writes their tables. ``size``: the default size, in contacts. ``folder``: prefix of the names of
    its folders and databases. ``fill_seconds``: for a thousand contacts; ``seconds``: to measure a database of any
    size, ``more_seconds`` for each thousand contacts in addition. All on a quiet machine.
    """

    filling: str
    measures: tuple[tuple[str, ...], ...]
    tables: Callable[[Found], list[str]]
    size: int
    folder: str
    fill_seconds: float
    seconds: float
    more_seconds: float

    def minutes(self, size: int, filled: bool) -> float:
        """Return how long a database of ``size`` takes, ``filled`` already or not."""
        thousands = size / 1000
        return (self.seconds + thousands * (self.more_seconds + (0 if filled else self.fill_seconds))) / 60


SUBJECTS = {
    "pages": Subject(
        "bench.filling",
        (("bench.served",), ("bench.pages",), ("bench.exports",), ("bench.importing",)),
        account_report.tables, 10_000, "", 1.5, 100, 0.1,
    ),
    "accounts": Subject(
        "bench.accounts_filling", (("bench.accounts",),), accounts_report.tables, 10_000, "accounts-", 1.8, 40, 0.1
    ),
    "shared": Subject(
        "bench.shared_filling",
        (("bench.shared",), ("bench.shared_work", "tag"), ("bench.shared_work", "sync")),
        shared_report.tables, 10_000, "shared-", 1, 120, 0.5,
    ),
    "resets": Subject("bench.filling", (("bench.resets",),), resets_report.tables, 1000, "", 1.5, 30, 0),
}  # fmt: skip
COLD = ("bench.served",)
"""Before these modules, the system forgets what it holds of the database's files."""
ON_A_COPY = ("bench.importing",)
"""These modules work on a copy of the database, so that the next run finds the same one."""
