"""The query planner knows how many there are."""

import pytest
from django.db import connection

from entregent.accounts import jobs
from entregent.accounts.models import Account
from entregent.accounts.statistics import refresh_statistics
from entregent.actions.parties import parties
from entregent.store import statistics


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


@pytest.mark.only_on("sqlite")  # PostgreSQL's planner counts by itself
def test_the_planner_of_sqlite_looks_up_parties_rather_than_walk_an_account(aicha, monkeypatch) -> None:
    monkeypatch.setattr(statistics, "SAMPLED_ROWS", 10)
    for number in range(60):
        parties.create(
            aicha, "p", {"last_name": f"Dupont {number}", "first_name": "Marie", "phone": f"04 75 01 02 {number:02}"}
        )
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'channel_key'")
        rows, in_account, *_ = map(int, cursor.fetchone()[0].split())
    assert in_account >= rows // Account.objects.count() > 10
