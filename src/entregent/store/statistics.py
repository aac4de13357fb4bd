"""The query planner's statistics: without them SQLite may scan a whole directory to find one row.

PostgreSQL maintains its own; SQLite is told to, from time to time and after an import. Where its samples mislead
PostgreSQL, a migration tells it what to expect.
"""

from django.db import connection, transaction

SAMPLED_ROWS = 1000
"""Rows sampled in each index: takes a few milliseconds for a directory of a million."""
_LED_BY = """
    SELECT statistics.tbl, statistics.idx, statistics.stat
    FROM sqlite_stat1 AS statistics, pragma_index_info(statistics.idx) AS part
    WHERE part.seqno = 0 AND part.name = %s
"""


def refresh(owner: str, owners: int) -> None:
    """Update the query planner's statistics (SQLite's ANALYZE, on a sample). Does nothing on PostgreSQL.

    ``owner``: the leading column of indexes over rows that belong to one of ``owners`` owners.
    """
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLED_ROWS}")
        cursor.execute("ANALYZE")
        _count_owned(cursor, owner, owners)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_schema")  # makes the planner reload the statistics


def expect_rows(connection, table: str, column: str, rows: int) -> None:
    """Make PostgreSQL expect a value of ``column`` in ``rows`` rows on average, whatever it samples.

    If one value is in nearly all rows, it takes the others for as frequent, and reads the whole table to find one of
    them. Does nothing on SQLite, which is told by ``refresh``.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET (n_distinct = {-1 / rows})")
            cursor.execute(f"ANALYZE {table}")


def _count_owned(cursor, owner: str, owners: int) -> None:
    """Correct the number of rows per owner in each index that leads with the owner column.

    The sample ends within the first owner and reports a thousand rows for it: SQLite would then prefer scanning all
    the rows of an owner to looking up five hundred by id.
    """
    cursor.execute(_LED_BY, [owner])
    for table, index, statistics in cursor.fetchall():
        rows, owned, *rest = statistics.split()
        told = " ".join([rows, str(max(int(owned), int(rows) // max(1, owners))), *rest])
        cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE tbl = %s AND idx = %s", [told, table, index])
