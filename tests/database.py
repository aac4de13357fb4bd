"""The tests' database: migrated once, kept in build/ and copied; emptied after a test that commits.

Django still runs the migrations on the copy, so that it can't be older than the code.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg.errors
import pytest
from django.db import OperationalError, connection, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from tools import migrated

FILLED_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}


class Kept:
    """The migrated database that is kept: a file for SQLite; for PostgreSQL a database of the cluster that
    tools/postgres.py has taken from its archive."""

    def __init__(self) -> None:
        self.file, self.name = migrated.kept(".sqlite3"), f"entregent_{migrated.key()}"
        self.used = connection.creation._get_test_db_name()

    def copy(self) -> bool:
        """Make the tests' database of it; False when there is none yet."""
        if connection.vendor == "sqlite":
            if self.file.exists():
                shutil.copyfile(self.file, self.used)
            return self.file.exists()
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            if found := cursor.fetchone() is not None:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.used}"')
                cursor.execute(f'CREATE DATABASE "{self.used}" TEMPLATE "{self.name}"')
        return found

    def close(self) -> None:
        """End every other session of PostgreSQL's tests' database: a request cut short may still hold one, and a
        database in use can't be dropped."""
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.used]
                )

    def keep(self) -> None:
        """Keep the tests' database as it is now, for the next run."""
        if connection.vendor == "sqlite":
            self.file.parent.mkdir(parents=True, exist_ok=True)
            new = self.file.with_suffix(f".{os.getpid()}")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(new)])
            migrated.keep(new, self.file)


def lay(folder: Path) -> None:
    """Put a migrated SQLite database into a data folder, for a program that is started on it; if one is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    if (file := migrated.kept(".sqlite3")).exists():
        shutil.copyfile(file, folder / "entregent.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker
) -> Iterator[None]:
    """The tests' database, copied where one is kept."""
    with django_db_blocker.unblock():
        kept = Kept()
        found = kept.copy()
        made = setup_databases(verbosity=0, interactive=False, keepdb=found)
        if not found:
            kept.keep()
    yield
    with django_db_blocker.unblock():
        connection.close()
        kept.close()
        teardown_databases(made, verbosity=0)


@cache
def _tables() -> list[str]:
    """The tables that a test may have filled, quoted."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [connection.ops.quote_name(name) for name in names if name not in FILLED_BY_MIGRATIONS]


def empty() -> None:
    """Delete every row that tests wrote: from the few tables that have any.

    Django's own way empties all tables, and writes again what migrations had filled: a second for each test.
    """
    rows = [f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {name})" for place, name in enumerate(_tables())]
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(rows))
        for (place,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {_tables()[place]}")


@pytest.fixture(autouse=True, scope="session")
def _emptied_the_fast_way() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: empty())
        yield


@pytest.fixture
def full_disk(db) -> Iterator[None]:
    """The database refuses every write, as it does on a full disk."""

    def refuse(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            return execute(sql, params, many, context)
        cause = psycopg.errors.DiskFull() if connection.vendor == "postgresql" else sqlite3.OperationalError()
        if connection.vendor == "sqlite":
            cause.sqlite_errorname = "SQLITE_FULL"
        raise OperationalError from cause

    with connection.execute_wrapper(refuse):
        yield
