"""Samples of tests that are too slow for every day; ``make test-all`` (``pytest --whole``) runs all of them.

``make test`` takes a sample, drawn with a seed that changes daily, so that everything is tested in time. The seed is
printed at the start of the run; set ``ENTREGENT_TEST_SEED`` to draw the same sample again.
"""

import random
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from tests.sharing import DATABASE, SEED

Row, Column = TypeVar("Row", bound=Hashable), TypeVar("Column")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="whole tables, soaks and kills, instead of a sample")


def pytest_report_header(config: pytest.Config) -> str:
    if config.getoption("--whole"):
        return "whole tables: no sample"
    return f"samples: ENTREGENT_TEST_SEED={SEED} draws them again, --whole takes all"


class Sample:
    """How much of a long table is tried."""

    def __init__(self, whole: bool) -> None:
        self.whole = whole

    def size(self, every_day: int, whole: int) -> int:
        """One size for every day, another for the whole."""
        return whole if self.whole else every_day

    def rows(self, path: Path, folder: Path, one_in: int) -> tuple[Path, int]:
        """A file with the header of ``path`` and one in so many of its lines, and how many; or ``path`` with all."""
        header, *lines = path.read_bytes().splitlines(keepends=True)
        if self.whole:
            return path, len(lines)
        kept = lines[SEED % one_in :: one_in]
        (folder / path.name).write_bytes(b"".join([header, *kept]))
        return folder / path.name, len(kept)

    def pairs(self, rows: Sequence[Row], columns: Sequence[Column], each: int) -> Iterator[tuple[Row, Column]]:
        """Each row with ``each`` of the columns, none of which is left out where there are rows enough; or all pairs.

        Columns are dealt like cards: no one comes again before all have come. Each database is dealt its own.
        """
        dice, deck = random.Random(f"{SEED} {DATABASE}"), list[Column]()
        for row in rows:
            if self.whole or each >= len(columns):
                dealt = list(columns)
            else:
                if len(deck) < each:
                    rest = [column for column in columns if column not in deck]
                    deck = [*dice.sample(rest, len(rest)), *deck]
                dealt = [deck.pop() for _ in range(each)]
            yield from ((row, column) for column in dealt)


@pytest.fixture(scope="session")
def sample(request: pytest.FixtureRequest) -> Sample:
    """``sample.pairs(paths, questions, 3)``, ``sample.size(20, 1000)``."""
    return Sample(request.config.getoption("--whole"))
