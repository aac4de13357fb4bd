"""Timelines read the rows of a page, never the whole journal, and hidden entries leave no gaps in their pages."""

from collections.abc import Callable

import pytest
from django.db import connection
from tests.queries import queries

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party
from entregent.journal.models import About, Entry
from entregent.journal.timeline import Filter, of_account, of_party

SIZE = 5


@pytest.fixture
def ann(bruno: Actor) -> Party:
    return parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann"})


@pytest.fixture
def radio(bruno: Actor, ann: Party) -> Party:
    """Ann's organisation."""
    radio = parties.create(bruno, "o", {"name": "Radio"})
    positions.attach(bruno, ann, {"organisation": radio.pk})
    return radio


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(step for *_, step in cursor.fetchall())


def asked(run: Callable[[], object]) -> list[str]:
    return [sql for sql in queries(run) if "journal_" in sql]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("filtered", [{}, {"since": "2020-01-01"}])
def test_no_statistics_make_them_scan_the_journal(bruno, aicha, ann, radio, filtered):
    """SQLite believes that the journal has two rows, as just after the installation."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl LIKE 'journal_%'")
        cursor.execute("INSERT INTO sqlite_stat1 VALUES ('journal_entry', 'entry_by_time', '2 2 1 1')")
        cursor.execute("INSERT INTO sqlite_stat1 VALUES ('journal_about', 'about_party', '2 1 1 1')")
        cursor.execute("ANALYZE sqlite_schema")
    for run in (
        lambda: of_party(bruno, ann, Filter.read(filtered)),
        lambda: of_party(bruno, radio, Filter.read(filtered)),
        lambda: of_account(bruno, Filter.read(filtered)),
    ):
        sent = asked(run)
        assert sent
        assert [sql for sql in sent if "SCAN journal" in plan(sql)] == []


def test_no_condition_on_an_entry_s_other_ends_stands_in_the_query_of_a_page(bruno, ann, radio):
    """PostgreSQL would answer it for all entries at once, before it reads the first."""
    for run in (lambda: of_party(bruno, ann, Filter()), lambda: of_party(bruno, radio, Filter())):
        paged = [sql for sql in asked(run) if "LIMIT" in sql.rsplit("ORDER BY", 1)[-1]]
        assert paged
        assert [sql for sql in paged if "'attached'" in sql or "journal_entry" in sql] == []


@pytest.mark.only_on("postgresql")
def test_postgresql_compiles_no_query(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_hidden_entries_leave_no_gap(bruno, aicha, ann):
    """Between what all see of Ann, Bruno attached her to organisations that only he sees."""
    for number in range(2 * SIZE):
        parties.update(bruno, Party.objects.get(pk=ann.pk), {"notes": str(number)})
        for other in range(3):
            hidden = {"name": f"O{number}-{other}", "visibility": {"mode": "creator"}}
            positions.attach(bruno, ann, {"organisation": parties.create(bruno, "o", hidden).pk})
    met, cursor = [], ""
    while cursor is not None:
        page = of_party(aicha, ann, Filter(), cursor, SIZE)
        assert len(page.rows) == SIZE or page.next is None
        met += [told.entry.pk for told in page.rows]
        cursor = page.next
    seen = About.objects.filter(party=ann).exclude(deed="attached").order_by("-at", "-id")
    assert met == list(seen.values_list("entry", flat=True))
    assert len(met) == 2 * SIZE + 1
    assert len(of_party(bruno, ann, Filter(), size=100).rows) == 8 * SIZE + 1


def test_what_is_told_of_both_is_told_of_the_organisation_once(bruno, ann, radio):
    told = of_party(bruno, radio, Filter())
    attached = Entry.objects.get(deed="attached")
    assert [row.entry.pk for row in told.rows].count(attached.pk) == 1
    assert next(row.abouts[0].party for row in told.rows if row.entry.pk == attached.pk) == radio


def test_the_infobox_of_the_account_leaves_no_gap(bruno, aicha):
    for number in range(3 * SIZE):
        for mode in ("everyone", "creator", "creator"):
            parties.create(bruno, "p", {"last_name": f"N{number}", "first_name": "A", "visibility": {"mode": mode}})
    page = of_account(aicha, Filter(), size=2 * SIZE)
    assert len(page.rows) == 2 * SIZE
    rest = of_account(aicha, Filter(), page.next, 2 * SIZE)
    assert len(rest.rows) == SIZE
    assert rest.next is None
