"""What the database knows of its own tables: without it SQLite may walk a directory to find one row.

PostgreSQL keeps its statistics by itself; SQLite is told to, from time to time and after an import.
"""

from django.db import connection

from entregent.accounts.jobs import chore

SAMPLE = 1000
"""Rows looked at in each index: a directory of a million takes a few milliseconds."""


@chore
def refresh_statistics() -> None:
    """Count again what the query planner goes by (SQLite's ANALYZE, on a sample)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")
