"""What the database knows of its own tables: without it SQLite may walk a directory to find one row.

PostgreSQL keeps its statistics by itself; SQLite is told to, from time to time and after an import.
"""

from django.db import connection, transaction

from entregent.accounts.jobs import chore
from entregent.accounts.models import Account

SAMPLE = 1000
"""Rows looked at in each index: a directory of a million takes a few milliseconds."""
_BY_ACCOUNT = """
    SELECT statistics.tbl, statistics.idx, statistics.stat
    FROM sqlite_stat1 AS statistics, pragma_index_info(statistics.idx) AS part
    WHERE part.seqno = 0 AND part.name = 'account_id'
"""


@chore
def refresh_statistics() -> None:
    """Count again what the query planner goes by (SQLite's ANALYZE, on a sample)."""
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")
        _count_accounts(cursor)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_schema")  # the planner reads what was written


def after_migrating(**_signal) -> None:
    """A migration that makes a table anew drops its statistics: a page would walk the journal till the chore runs."""
    refresh_statistics()


def _count_accounts(cursor) -> None:
    """Say how many rows an account has in each index that begins with it.

    The sample ends within the first account, and says that it has a thousand: SQLite would then rather walk all the
    rows of an account than look up those of five hundred parties.
    """
    accounts = max(1, Account.objects.count())
    cursor.execute(_BY_ACCOUNT)
    for table, index, statistics in cursor.fetchall():
        rows, in_account, *rest = statistics.split()
        told = " ".join([rows, str(max(int(in_account), int(rows) // accounts)), *rest])
        cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE tbl = %s AND idx = %s", [told, table, index])
