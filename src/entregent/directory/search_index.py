"""The index behind search: trigrams, kept by the database itself, so that no writer can forget it.

SQLite: an FTS5 table beside ``search_text``, fed by triggers. PostgreSQL: a GIN index of pg_trgm, made by a
migration. Made again after each migration, since SQLite drops a table's triggers when a column changes.
"""

# ruff: noqa: S608  (the only name put into the statements is our own table's)

from django.db import connections

TABLE = "directory_party_fts"
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
]


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
        complete = _count_named(cursor) == 4
        for statement in _STATEMENTS:
            cursor.execute(statement)
        if not complete:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")


def _count_named(cursor) -> int:
    cursor.execute(
        "SELECT count(*) FROM sqlite_master WHERE name IN (%s, %s, %s, %s)",
        [TABLE, f"{TABLE}_insert", f"{TABLE}_delete", f"{TABLE}_update"],
    )
    return cursor.fetchone()[0]
