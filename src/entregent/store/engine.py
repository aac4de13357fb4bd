"""What the two engines need done differently by programs that work long."""

import time
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

WORK_FOR, REST_FOR = 1.0, 0.12
"""Seconds, on SQLite."""


class Breath:
    """On SQLite, which has one writer at a time, pauses for a moment after each second of work.

    A writer that waits for SQLite's lock tries again every tenth of a second. Without a pause, a long job would keep
    every page from saving for as long as it runs.
    """

    def __init__(self) -> None:
        self.since = time.monotonic()

    def take(self) -> None:
        """Pause if it is time to. Call between transactions."""
        if connection.vendor == "sqlite" and time.monotonic() - self.since > WORK_FOR:
            time.sleep(REST_FOR)
            self.since = time.monotonic()


def map_nothing() -> None:
    """Make SQLite read its file instead of mapping it, on this connection and later ones.

    The mapped part, up to 64 MB, counts as memory of this process and saves a worker no time.
    """
    connection_created.connect(_map_nothing)
    if connection.connection is not None:
        _map_nothing(connection)


def _map_nothing(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
