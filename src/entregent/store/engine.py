"""Engine-specific settings for long-running processes."""

import time
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

WORK_SECONDS, REST_SECONDS = 1.0, 0.12
"""Seconds of work and of pause, on SQLite."""


class Breath:
    """Pauses briefly after each second of work on SQLite, which allows one writer at a time.

    A writer waiting for SQLite's lock retries every tenth of a second. Without pauses, a long job would block every
    page from saving for as long as it runs.
    """

    def __init__(self) -> None:
        self.since = time.monotonic()

    def take(self) -> None:
        """Pause if one is due. Call between transactions."""
        if connection.vendor == "sqlite" and time.monotonic() - self.since > WORK_SECONDS:
            time.sleep(REST_SECONDS)
            self.since = time.monotonic()


def map_nothing() -> None:
    """Make SQLite read its file instead of memory-mapping it, on this connection and later ones.

    The mapping, up to 64 MB, counts towards this process's memory and does not speed up a worker.
    """
    connection_created.connect(_map_nothing)
    if connection.connection is not None:
        _map_nothing(connection)


def _map_nothing(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
