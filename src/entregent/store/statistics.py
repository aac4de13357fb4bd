"""What the database knows of its own tables: without it SQLite may walk a directory to find one row.

PostgreSQL keeps its statistics by itself; SQLite is told to, from time to time and after an import.
"""

from django.db import connection, transaction

SAMPLE = 1000
"""Rows looked at in each index: a directory of a million takes a few milliseconds."""
_LED_BY = """
    SELECT statistics.tbl, statistics.idx, statistics.stat
    FROM sqlite_stat1 AS statistics, pragma_index_info(statistics.idx) AS part
    WHERE part.seqno = 0 AND part.name = %s
"""


def refresh(owner: str, owners: int) -> None:
    """Count again what the query planner goes by (SQLite's ANALYZE, on a sample).

    ``owner``: the column that leads indexes of rows that belong to one of ``owners`` owners.
    """
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")
        _count_owned(cursor, owner, owners)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_schema")  # the planner reads what was written


def _count_owned(cursor, owner: str, owners: int) -> None:
    """Say how many rows an owner has in each index that begins with it.

    The sample ends within the first owner and says that it has a thousand rows: SQLite would then rather walk all the
    rows of an owner than look up five hundred by id.
    """
    cursor.execute(_LED_BY, [owner])
    for table, index, statistics in cursor.fetchall():
        rows, owned, *rest = statistics.split()
        told = " ".join([rows, str(max(int(owned), int(rows) // max(1, owners))), *rest])
        cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE tbl = %s AND idx = %s", [told, table, index])
