"""The index behind search: trigrams, kept by the database itself, so that no writer can forget it.

SQLite: an FTS5 table beside ``search_text``, and a narrow one of how each ``sort_name`` begins, to put thousands of
hits in order without reading their rows; both fed by triggers. PostgreSQL: a GIN index of pg_trgm. Made again after
each migration, since SQLite drops a table's triggers when a column changes.
"""

# ruff: noqa: S608  (the only name put into the statements is our own table's)

from django.db import connections

TABLE = "directory_party_fts"
BEGINNINGS = "directory_party_beginnings"
LETTERS = 8
"""How much of a ``sort_name`` its beginning is."""
_BEGINNING = f"substr(%s, 1, {LETTERS})"
_STATEMENTS = [
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(
    search_text, content='directory_party', content_rowid='id',
    tokenize='trigram case_sensitive 1', detail=none)""",
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_insert AFTER INSERT ON directory_party BEGIN
    INSERT INTO {TABLE}(rowid, search_text) VALUES (new.id, new.search_text); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_delete AFTER DELETE ON directory_party BEGIN
    INSERT INTO {TABLE}({TABLE}, rowid, search_text) VALUES ('delete', old.id, old.search_text); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_update AFTER UPDATE OF search_text ON directory_party
    WHEN old.search_text IS NOT new.search_text BEGIN
    INSERT INTO {TABLE}({TABLE}, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    INSERT INTO {TABLE}(rowid, search_text) VALUES (new.id, new.search_text); END""",
    f"CREATE TABLE IF NOT EXISTS {BEGINNINGS} (id INTEGER PRIMARY KEY, beginning TEXT NOT NULL)",
    f"""CREATE TRIGGER IF NOT EXISTS {BEGINNINGS}_insert AFTER INSERT ON directory_party BEGIN
    INSERT INTO {BEGINNINGS} VALUES (new.id, {_BEGINNING % "new.sort_name"}); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {BEGINNINGS}_delete AFTER DELETE ON directory_party BEGIN
    DELETE FROM {BEGINNINGS} WHERE id = old.id; END""",
    f"""CREATE TRIGGER IF NOT EXISTS {BEGINNINGS}_update AFTER UPDATE OF sort_name ON directory_party
    WHEN old.sort_name IS NOT new.sort_name BEGIN
    UPDATE {BEGINNINGS} SET beginning = {_BEGINNING % "new.sort_name"} WHERE id = new.id; END""",
]
_FILLING = [
    f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')",
    f"DELETE FROM {BEGINNINGS}",
    f"INSERT INTO {BEGINNINGS} SELECT id, {_BEGINNING % 'sort_name'} FROM directory_party",
]
_NAMES = [f"{table}{end}" for table in (TABLE, BEGINNINGS) for end in ("", "_insert", "_delete", "_update")]


def ensure_index(using: str = "default", **_signal) -> None:
    """Make the index and its triggers where they are missing, and fill it when it had to be made."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                "CREATE INDEX IF NOT EXISTS party_search ON directory_party USING gin (search_text gin_trgm_ops)"
            )
        return
    with connection.cursor() as cursor:
        complete = _count_named(cursor) == len(_NAMES)
        for statement in (*_STATEMENTS, *(() if complete else _FILLING)):
            cursor.execute(statement)


def _count_named(cursor) -> int:
    marks = ", ".join(["%s"] * len(_NAMES))
    cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})", _NAMES)
    return cursor.fetchone()[0]
