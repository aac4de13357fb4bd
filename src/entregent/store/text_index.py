"""Trigram indexes over a text column, maintained by the database itself, so that no writer can bypass them.

SQLite: an FTS5 table beside the text, and a narrow table with the first characters of each sort key, to sort
thousands of hits without reading their rows; triggers fill both. PostgreSQL: a pg_trgm GIN index. Call ``ensure``
after each migration, since SQLite drops a table's triggers when a column changes.
"""

# ruff: noqa: S608  (only names of tables and columns are put into the statements)

from dataclasses import dataclass

from django.db import connections

BEGINNING_LENGTH = 8
"""Characters of a sort key kept in the table of beginnings."""


@dataclass(frozen=True, slots=True)
class TextIndex:
    """The index of one table. ``text``: the column of folded words; ``order``: the column of the sort key."""

    table: str
    text: str
    order: str

    @property
    def fts(self) -> str:
        """Name of SQLite's table of trigrams; its ``rowid`` is the row's id."""
        return f"{self.table}_fts"

    @property
    def beginnings(self) -> str:
        """Name of SQLite's table of ``id`` and ``beginning`` of the sort key."""
        return f"{self.table}_beginnings"

    def ensure(self, using: str = "default") -> None:
        """Create the index and its triggers where missing; refill the index if any of them was."""
        connection = connections[using]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                name = f"{self.table.rpartition('_')[2]}_search"
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {name} ON {self.table} USING gin ({self.text} gin_trgm_ops)"
                )
                return
            complete = self._count_there(cursor) == len(self._names())
            for statement in (*self._statements(), *(() if complete else self._filling())):
                cursor.execute(statement)

    def _statements(self) -> list[str]:
        fts, table, text = self.fts, self.table, self.text
        forget = f"INSERT INTO {fts}({fts}, rowid, {text}) VALUES ('delete', old.id, old.{text});"
        index = f"INSERT INTO {fts}(rowid, {text}) VALUES (new.id, new.{text});"
        return [
            f"""CREATE VIRTUAL TABLE IF NOT EXISTS {fts} USING fts5(
            {text}, content='{table}', content_rowid='id',
            tokenize='trigram case_sensitive 1', detail=none)""",
            f"CREATE TRIGGER IF NOT EXISTS {fts}_insert AFTER INSERT ON {table} BEGIN {index} END",
            f"CREATE TRIGGER IF NOT EXISTS {fts}_delete AFTER DELETE ON {table} BEGIN {forget} END",
            f"""CREATE TRIGGER IF NOT EXISTS {fts}_update AFTER UPDATE OF {text} ON {table}
            WHEN old.{text} IS NOT new.{text} BEGIN {forget} {index} END""",
            *self._statements_of_beginnings(),
        ]

    def _statements_of_beginnings(self) -> list[str]:
        short, table, order = self.beginnings, self.table, self.order
        new = self._beginning(f"new.{order}")
        return [
            f"CREATE TABLE IF NOT EXISTS {short} (id INTEGER PRIMARY KEY, beginning TEXT NOT NULL)",
            f"""CREATE TRIGGER IF NOT EXISTS {short}_insert AFTER INSERT ON {table} BEGIN
            INSERT INTO {short} VALUES (new.id, {new}); END""",
            f"""CREATE TRIGGER IF NOT EXISTS {short}_delete AFTER DELETE ON {table} BEGIN
            DELETE FROM {short} WHERE id = old.id; END""",
            f"""CREATE TRIGGER IF NOT EXISTS {short}_update AFTER UPDATE OF {order} ON {table}
            WHEN old.{order} IS NOT new.{order} BEGIN
            UPDATE {short} SET beginning = {new} WHERE id = new.id; END""",
        ]

    def _filling(self) -> list[str]:
        return [
            f"INSERT INTO {self.fts}({self.fts}) VALUES ('rebuild')",
            f"DELETE FROM {self.beginnings}",
            f"INSERT INTO {self.beginnings} SELECT id, {self._beginning(self.order)} FROM {self.table}",
        ]

    def _names(self) -> list[str]:
        return [f"{table}{end}" for table in (self.fts, self.beginnings) for end in ("", *_TRIGGERS)]

    def _count_there(self, cursor) -> int:
        names = self._names()
        marks = ", ".join(["%s"] * len(names))
        cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})", names)
        return cursor.fetchone()[0]

    @staticmethod
    def _beginning(column: str) -> str:
        return f"substr({column}, 1, {BEGINNING_LENGTH})"


_TRIGGERS = ("_insert", "_delete", "_update")
