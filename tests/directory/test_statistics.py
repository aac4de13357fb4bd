"""The query planner knows how many there are."""

from django.db import connection

from entregent.accounts import jobs
from entregent.actions import parties
from entregent.directory.statistics import refresh_statistics


def test_the_planner_of_sqlite_knows_the_directory(aicha) -> None:
    for number in range(5):
        parties.create(aicha, "p", {"last_name": f"Dupont {number}", "first_name": "Marie"})
    refresh_statistics()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'party_by_name'")
            assert cursor.fetchone()[0].startswith("5 ")


def test_the_worker_sees_to_it() -> None:
    assert refresh_statistics in jobs.CHORES
