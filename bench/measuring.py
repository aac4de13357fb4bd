"""Measures an operation by repeating it: wall time, CPU time of program and database, number of queries."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .machine import Database, loop

REPETITIONS = 30
WARM = 5


@dataclass(frozen=True)
class Figures:
    """Times in milliseconds; ``cpu``: mean of the program, ``server_cpu``: mean of the database server.

    ``loop``: CPU seconds of the calibration loop; ``ratio``: total CPU time in thousandths of the loop.
    """

    operation: str
    repetitions: int
    p50: float
    p95: float
    worst: float
    cpu: float
    server_cpu: float
    queries: int
    loop: float

    @property
    def ratio(self) -> float:
        return (self.cpu + self.server_cpu) / self.loop


def measure(operation: str, act: Callable[[Any], object], given: Sequence[Any] = (None,)) -> Figures:
    """Call ``act`` with each of ``given`` in turn, at least ``REPETITIONS`` times, after warming up."""
    turns = [given[index % len(given)] for index in range(max(REPETITIONS, len(given)))]
    for value in turns[:WARM]:
        act(value)
    with counting() as counted:
        act(turns[0])
    database, walls, before = Database(), [], loop()
    cpu, server = time.process_time(), database.cpu()
    for value in turns:
        start = time.perf_counter()
        act(value)
        walls.append(1000 * (time.perf_counter() - start))
    cpu, server = time.process_time() - cpu, database.cpu() - server
    walls.sort()
    count = len(turns)
    return Figures(
        operation, count, walls[count // 2], walls[min(count - 1, int(0.95 * count))], walls[-1],
        1000 * cpu / count, 1000 * server / count, len(counted), (before + loop()) / 2,
    )  # fmt: skip


@contextmanager
def counting() -> Iterator[list[str]]:
    """Yield a list that collects the SQL statements of the block, except those of transactions."""
    seen: list[str] = []

    def note(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
