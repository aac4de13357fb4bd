"""Measures an operation by repeating it: wall time, CPU time of program and database, number of queries."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db import connection

from .machine import Database, loop

REPETITIONS = 30
ROUNDS = 3
"""Each of several given texts is measured at least this often."""
WARM = 5


@dataclass(frozen=True)
class Figures:
    """Times in milliseconds; ``cpu``: mean of the program, ``server_cpu``: mean of the database server.

    ``worst``: the longest time; ``slowest``: the given text that usually takes longest, and ``slowest_ms`` how long,
    its median. ``queries``: None where they are another process's. ``loop``: CPU seconds of the calibration loop.
    """

    operation: str
    repetitions: int
    p50: float
    p95: float
    worst: float
    slowest: str
    slowest_ms: float
    cpu: float
    server_cpu: float
    queries: int | None
    loop: float

    @property
    def ratio(self) -> float:
        """CPU time in thousandths of the loop."""
        return (self.cpu + self.server_cpu) / self.loop


def measure(
    operation: str,
    act: Callable[[Any], object],
    given: Sequence[Any] = (None,),
    program: Callable[[], float] | None = None,
    least: int = REPETITIONS,
) -> Figures:
    """Call ``act`` with each of ``given`` in turn, at least ``least`` times in all, after warming up.

    ``program``: the CPU seconds of the process that does the work; by default this one.
    """
    own = program is None
    spent = program or time.process_time
    turns = rounds(given, least)
    for value in turns[: min(WARM, least)]:
        act(value)
    with counting() as counted:
        act(turns[0])
    database, walls, before = Database(), [], loop()
    cpu, server = spent(), database.cpu()
    for value in turns:
        start = time.perf_counter()
        act(value)
        walls.append(1000 * (time.perf_counter() - start))
    cpu, server = spent() - cpu, database.cpu() - server
    slowest, slowest_ms = slowest_of(turns, walls)
    count = len(turns)
    return Figures(
        operation, count, percentile(walls, 0.5), percentile(walls, 0.95), max(walls), slowest, slowest_ms,
        1000 * cpu / count, 1000 * server / count, len(counted) if own else None, (before + loop()) / 2,
    )  # fmt: skip


def rounds(given: Sequence[Any], least: int) -> list[Any]:
    """Return the values in turn, as whole rounds: at least ``least`` in all, and several of each text of several."""
    number = ceil(least / len(given))
    several = len(given) > 1 and isinstance(given[0], str)
    return list(given) * (max(number, ROUNDS) if several else number)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of ``values`` that at least this share of them does not exceed (nearest rank)."""
    return sorted(values)[max(0, ceil(round(share * len(values), 9)) - 1)]


def slowest_of(given: Sequence[Any], times: Sequence[float]) -> tuple[str, float]:
    """Return the text that usually takes longest, and its median time; ("", 0) if texts were not given."""
    each: dict[str, list[float]] = defaultdict(list)
    for value, took in zip(given, times, strict=True):
        if isinstance(value, str):
            each[value].append(took)
    if len(each) < 2:
        return "", 0.0
    medians = {value: percentile(took, 0.5) for value, took in each.items()}
    slowest = max(medians, key=lambda value: medians[value])
    return slowest, medians[slowest]


@contextmanager
def counting() -> Iterator[list[str]]:
    """Yield a list that collects the SQL statements of the block, except those of transactions."""
    seen: list[str] = []

    def note(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
