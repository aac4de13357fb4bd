"""Timelines read the rows of a page, never the whole journal, and hidden entries leave no gaps in their pages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.queries import plans, queries

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party
from entregent.journal.filter import Filter
from entregent.journal.models import About, Entry
from entregent.journal.timeline import of_account, of_party
from entregent.store import pages
from entregent.store.pages import Page

SIZE = 5
MANY = 400
SHOWN = {0, 1, 2, 199, 200, 201, 398}
"""Of many entries, those that all may see."""


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
@pytest.mark.parametrize(
    "filtered",
    [{}, {"since": "2020-01-01"}, {"author": "1"}, {"author": "1", "deed": "changed"}],
    ids=str,
)
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


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "entry_by_time"),
        ({"deed": "changed"}, "entry_by_deed"),
        ({"author": "1"}, "entry_by_author"),
        ({"author": "1", "since": "2020-01-01"}, "entry_by_author"),
        ({"author": "1", "deed": "changed"}, "entry_by_author_deed"),
    ],
    ids=str,
)
def test_each_filter_of_the_account_s_infobox_is_a_range_of_an_index(bruno, wanted, index):
    paged = plans(lambda: of_account(bruno, Filter(**wanted)))[0]
    assert re.search(rf"{index}\b", paged)
    assert "B-TREE" not in paged
    assert "Sort" not in paged
    assert "Filter" not in paged


@pytest.mark.only_on("postgresql")
def test_an_import_of_many_makes_postgresql_expect_no_other_entry_to_be_as_long(bruno, aicha, ann):
    """It read all of the table for each entry of a page that is about nobody."""
    hide(bruno, ann, set())
    long = Entry.objects.order_by("pk")[0]
    About.objects.update(entry=long)
    About.objects.bulk_create([About(account=bruno.account, entry=long, shown_as="", at=long.at, rank=5)] * 5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE journal_about, journal_entry, directory_party")
    with CaptureQueriesContext(connection) as sent:
        of_account(aicha, Filter())
    sifting = next(query["sql"] for query in sent.captured_queries if "EXISTS" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sifting}")
        steps = "\n".join(step for (step,) in cursor.fetchall())
    assert "about_named" in steps
    assert "Seq Scan on journal_about" not in steps


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


def hide(by: Actor, ann: Party, shown: set[int], link: str = "attached") -> list[int]:
    """Tell many entries of Ann, one a minute; all but ``shown`` link her to an organisation that only ``by`` sees.

    Return the shown ones, newest first.
    """
    secret = parties.create(by, "o", {"name": "Secret", "visibility": {"mode": "creator"}})
    Entry.objects.all().delete()
    at = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number) for number in range(MANY)]
    deeds = ["changed" if number in shown else link for number in range(MANY)]
    who = {"account": by.account, "by_id": by.user_id, "by_name": "Bruno", "door": "web"}
    entries = Entry.objects.bulk_create(
        [Entry(deed=deed, at=moment, **who) for deed, moment in zip(deeds, at, strict=True)]
    )
    told = [(entry, ann) for entry in entries] + [(entry, secret) for entry in entries if entry.deed == link]
    About.objects.bulk_create(
        [
            About(account=by.account, entry=entry, party=party, shown_as=party.name, at=entry.at, deed=entry.deed)
            for entry, party in told
        ]
    )
    return [entry.pk for number, entry in reversed(list(enumerate(entries))) if number in shown]


def walk(read: Callable[[str], Page], bound: int) -> tuple[list[int], list[int]]:
    """Return the entries met going to the end, then those met coming back, with ``bound`` queries a page at most."""
    met: list[list[Page]] = [[], []]
    for way, found in zip(("next", "previous"), met, strict=True):
        cursor: str | None = getattr(met[0][-1], way) if met[0] else ""
        while cursor is not None:
            with CaptureQueriesContext(connection) as sent:
                found.append(read(cursor))
            assert len(sent) <= bound
            cursor = getattr(found[-1], way)
    ahead = [told.entry.pk for page in met[0] for told in page.rows]
    back = [told.entry.pk for page in reversed([met[0][-1], *met[1]]) for told in page.rows]
    return ahead, back


@pytest.mark.parametrize("shown", [SHOWN, set(), {0}, {MANY - 136}], ids=str)
@pytest.mark.parametrize("size", [1, 2])
def test_a_page_asks_no_more_because_more_is_hidden_and_nothing_is_lost(bruno, aicha, ann, monkeypatch, shown, size):
    monkeypatch.setattr(pages, "MOST_READ", 40)
    expected = hide(bruno, ann, shown)
    of_ann = walk(lambda cursor: of_party(aicha, ann, Filter(), cursor, size), bound=20)
    of_all = walk(lambda cursor: of_account(aicha, Filter(), cursor, size), bound=16)
    assert of_ann == of_all == (expected, expected)


def test_the_last_page_leads_back_when_the_one_before_ended_with_the_last_row(bruno, aicha, ann, monkeypatch):
    monkeypatch.setattr(pages, "MOST_READ", 40)
    monkeypatch.setitem(globals(), "MANY", 2 + 8 + 32 + 40 + 40)
    expected = hide(bruno, ann, {0})
    assert walk(lambda cursor: of_account(aicha, Filter(), cursor, 1), bound=16) == (expected, expected)


@pytest.mark.parametrize("wanted", [{"deed": "tagged"}, {"author": "7777777"}])
def test_a_filter_of_a_record_without_a_hit_has_its_bound(bruno, ann, radio, monkeypatch, wanted):
    monkeypatch.setattr(pages, "MOST_READ", 40)
    hide(bruno, ann, set())
    for party in (ann, radio):
        assert walk(lambda cursor, of=party: of_party(bruno, of, Filter(**wanted), cursor, 2), bound=35) == ([], [])


def test_the_dates_of_a_record_s_filter_are_the_query_s(bruno, aicha, ann):
    """Of a day long past, no row of another day is read."""
    hide(bruno, ann, SHOWN)
    for wanted in ({"until": "2025-12-31"}, {"since": "2026-02-01"}, {"since": "0001-01-01", "until": "0001-01-01"}):
        read = lambda: of_party(aicha, ann, Filter(**wanted))  # noqa: B023, E731
        assert read().rows == []
        assert len([sql for sql in queries(read) if "journal_" in sql]) == 1
    assert len(of_party(aicha, ann, Filter(since="0001-01-01", until="9999-12-31"), size=50).rows) == len(SHOWN)
