"""The keys seen in a file, stored on disk: a million would take too much memory."""

import sqlite3
from collections.abc import Iterable


class Seen:
    """A set of keys on disk."""

    def __init__(self) -> None:
        self.database = sqlite3.connect("")
        self.database.execute("PRAGMA cache_size=-8000")
        self.database.execute("CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID")

    def __contains__(self, key: str) -> bool:
        return self.database.execute("SELECT 1 FROM seen WHERE key = ?", (key,)).fetchone() is not None

    def add(self, keys: Iterable[str]) -> list[str]:
        """Add keys; return those that were there already, including repetitions among ``keys``."""
        insert = "INSERT OR IGNORE INTO seen VALUES (?)"
        return [key for key in keys if not self.database.execute(insert, (key,)).rowcount]
