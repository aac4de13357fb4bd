"""What a long piece of work remembers, on disk when it would take too much memory.

Each is an SQLite database in a temporary file of its own, which only its process can open, and which goes with it.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping

AT_ONCE = 500
"""How many values one question may have; SQLite allows 999 or more."""


class Keys:
    """A set of texts."""

    def __init__(self) -> None:
        self.database = _database("CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID")

    def __contains__(self, key: str) -> bool:
        return self.database.execute("SELECT 1 FROM seen WHERE key = ?", (key,)).fetchone() is not None

    def add(self, keys: Iterable[str]) -> list[str]:
        """Add keys; return those that were there already, including repetitions among ``keys``."""
        insert = "INSERT OR IGNORE INTO seen VALUES (?)"
        return [key for key in keys if not self.database.execute(insert, (key,)).rowcount]


class Things:
    """Bytes by number, each found by any of its keys."""

    def __init__(self) -> None:
        self.database = _database(
            "CREATE TABLE thing (number INTEGER PRIMARY KEY, content BLOB)",
            "CREATE TABLE thing_key (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID",
        )

    def keep(self, contents: Mapping[int, bytes], keys: Iterable[tuple[str, int]]) -> None:
        """Store things in place of those of the same number, and add keys to those that they have."""
        self.database.executemany("INSERT OR REPLACE INTO thing VALUES (?, ?)", contents.items())
        self.database.executemany("INSERT OR IGNORE INTO thing_key VALUES (?, ?)", keys)

    def having(self, keys: Collection[str]) -> Iterator[bytes]:
        """Yield the things that have one of the keys, by number."""
        numbers: set[int] = set()
        asked = sorted(keys)
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            found = f"SELECT number FROM thing_key WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608
            numbers.update(number for (number,) in self.database.execute(found, some))
        for number in sorted(numbers):
            yield self.database.execute("SELECT content FROM thing WHERE number = ?", (number,)).fetchone()[0]


def _database(*tables: str) -> sqlite3.Connection:
    database = sqlite3.connect("")
    database.execute("PRAGMA cache_size=-8000")
    for table in tables:
        database.execute(table)
    return database
