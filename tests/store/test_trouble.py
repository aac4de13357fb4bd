"""What is wrong with the database or the disk is known by its error, on both databases."""

import errno
import sqlite3

import psycopg.errors
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError, connection

from entregent.store import trouble
from entregent.store.trouble import Trouble, is_disk_full, trouble_of, unless_disk_full


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


CODES = {"53100": Trouble.FULL, "25006": Trouble.READ_ONLY, "XX001": Trouble.DAMAGED, "42P01": Trouble.OUTDATED}


@pytest.mark.parametrize(("code", "told"), CODES.items())
def test_postgresql_says_it_by_a_code(code, told):
    assert trouble_of(caused(OperationalError(), psycopg.errors.lookup(code)())) is told


def test_a_lost_connection_has_no_code():
    assert trouble_of(caused(OperationalError(), psycopg.OperationalError("refused"))) is Trouble.UNREACHABLE


@pytest.mark.parametrize(("number", "told"), [(errno.ENOSPC, Trouble.FULL), (errno.EDQUOT, Trouble.FULL),
                                              (errno.EROFS, Trouble.READ_ONLY), (errno.ENOENT, None)])  # fmt: skip
def test_the_system_says_it_by_a_number(number, told):
    assert trouble_of(OSError(number, "")) is told


def test_an_error_of_the_program_is_none():
    assert trouble_of(IntegrityError()) is None
    assert trouble_of(ValueError()) is None


def test_sqlite_says_it_by_a_name(tmp_path):
    told = {}
    for name, begin in {"text": b"no database" * 99, "cut": b"SQLite format 3\0" + bytes(4096)}.items():
        (tmp_path / name).write_bytes(begin)
        with pytest.raises(sqlite3.DatabaseError) as raised:
            sqlite3.connect(tmp_path / name).execute("SELECT * FROM sqlite_master")
        told[name] = trouble_of(caused(DatabaseError(), raised.value))
    assert told == {"text": Trouble.NO_DATABASE, "cut": Trouble.NO_DATABASE}


def test_a_full_disk_is_told_by_sqlite(tmp_path):
    full = sqlite3.connect(tmp_path / "full")
    full.executescript("CREATE TABLE t (x); PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as raised:
        full.execute("INSERT INTO t VALUES (randomblob(100000))")
    assert trouble_of(caused(DatabaseError(), raised.value)) is Trouble.FULL


def test_a_table_that_is_not_there_asks_for_migrating(db):
    with pytest.raises((OperationalError, ProgrammingError)) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nothing_of_this_name")
    assert trouble_of(raised.value) is Trouble.OUTDATED


def test_a_write_that_may_be_left_out_is_left_out_on_a_full_disk_only(db):
    with unless_disk_full():
        raise caused(OperationalError(), psycopg.errors.DiskFull())
    with pytest.raises(OperationalError), unless_disk_full():
        raise caused(OperationalError(), psycopg.errors.LockNotAvailable())


def test_a_disk_is_full_if_it_takes_no_file(db, tmp_path, monkeypatch):
    assert not is_disk_full(tmp_path)

    def full(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(trouble.tempfile, "TemporaryFile", full)
    assert is_disk_full(tmp_path)
