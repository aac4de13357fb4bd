"""Copying the whole database, if it is a single file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection

PAGES_PER_STEP = 4096
"""Database pages copied between two calls of ``progress``: 16 MB, a fraction of a second."""


def is_one_file() -> bool:
    """Return whether the database is a single file that can be copied: true for SQLite only."""
    return connection.vendor == "sqlite"


def size() -> int:
    """Return the database's size in bytes. SQLite only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return cursor.fetchone()[0]


def copy_to(target: Path, progress: Callable[[int], object] = lambda copied: None) -> None:
    """Copy the database to ``target``, all or nothing, with SQLite's online backup; it may stay in use.

    ``progress`` is called with the number of further percent copied. Raises ``OSError`` (a full disk, for instance),
    and then removes the partial copy.
    """
    partial = target.with_name(f"{target.name}.partial")
    told = 0

    def tell(_status: int, remaining: int, total: int) -> None:
        nonlocal told
        done = 100 * (total - remaining) // total if total else 100
        progress(done - told)
        told = done

    try:
        partial.touch(mode=0o600)
        connection.ensure_connection()
        with closing(sqlite3.connect(partial)) as copy:
            connection.connection.backup(copy, pages=PAGES_PER_STEP, progress=tell)
        partial.rename(target)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise OSError(str(error)) from error
        raise
