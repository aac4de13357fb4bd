"""``entregent migrate`` copies a SQLite database first, and resumes after an interruption."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import click
import pytest
from django.db.migrations.loader import MigrationLoader

from entregent.cli.commands import migrate

pytestmark = pytest.mark.only_on("sqlite")
Usage = namedtuple("Usage", "total used free")


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ENTREGENT", "DJANGO"))}
    return {**kept, "ENTREGENT_DATA": str(folder), "LANG": "en_US.UTF-8"}


def run(folder: Path, *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "entregent.cli", "migrate", *options]
    return subprocess.run(command, env=environment(folder), capture_output=True, text=True)


def ask(path: Path, question: str) -> list:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question).fetchall()


def step_back(folder: Path) -> None:
    """Undo the directory's last migration, with those that build on it, and write something to be found again."""
    graph = MigrationLoader(None).graph
    ((_app, before),) = [parent.key for parent in graph.node_map[graph.leaf_nodes("directory")[0]].parents
                         if parent.key[0] == "directory"]  # fmt: skip
    command = [sys.executable, "-m", "django", "migrate", "directory", before]
    settings = {"DJANGO_SETTINGS_MODULE": "entregent.config.settings"}
    subprocess.run(command, env={**environment(folder), **settings}, capture_output=True, check=True)
    with closing(sqlite3.connect(folder / "entregent.sqlite3")) as database:
        database.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        database.commit()


def copies_in(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("*.sqlite3*")) if (folder / "backups").exists() else []


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> Path:
    """A data folder whose database is up to date."""
    folder = tmp_path_factory.mktemp("migrated")
    done = run(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_new_database_needs_no_copy(migrated):
    assert copies_in(migrated) == []
    assert run(migrated).stdout == "The database is up to date.\n"


def test_what_was_there_is_copied_before_it_changes(migrated):
    counted = "SELECT count(*) FROM django_migrations"
    ((all_of_them,),) = ask(migrated / "entregent.sqlite3", counted)
    step_back(migrated)
    done = run(migrated)
    assert done.returncode == 0, done.stderr
    (copy,) = copies_in(migrated)
    assert str(copy) in done.stderr
    assert ask(copy, "SELECT answer FROM kept") == [(42,)]
    assert ask(copy, "PRAGMA integrity_check") == [("ok",)]
    ((undone,),) = ask(copy, counted)
    assert undone < all_of_them
    assert f"{all_of_them - undone} migration" in done.stdout
    assert ask(migrated / "entregent.sqlite3", counted) == [(all_of_them,)]
    assert copy.stat().st_mode & 0o077 == 0


def test_the_newest_copies_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(migrate.copies, "size", lambda: 1)
    monkeypatch.setattr(migrate.copies, "copy_to", lambda target, advance: target.write_text("new"))
    for day in range(1, 5):
        (tmp_path / f"{migrate.COPY_PREFIX}2026-01-0{day}-000000.sqlite3").write_text("old")
    migrate._keep_a_copy(tmp_path)
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["old", "old", "new"]


def test_without_room_for_a_copy_nothing_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(migrate.copies, "size", lambda: 5_000_000)
    monkeypatch.setattr(migrate.shutil, "disk_usage", lambda folder: Usage(9, 4, 5_000_000))
    with pytest.raises(click.ClickException, match="--no-copy"):
        migrate._keep_a_copy(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_a_file_is_not_copied_and_that_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(migrate.copies, "is_one_file", lambda: False)
    migrate._keep_a_copy(tmp_path)
    assert list(tmp_path.iterdir()) == []
    [line] = capsys.readouterr().err.splitlines()
    assert "pg_dump" in line


@pytest.mark.django_db
def test_a_copy_that_fails_leaves_nothing(tmp_path):
    def fail(more: int) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        migrate.copies.copy_to(tmp_path / "copy.sqlite3", fail)
    assert list(tmp_path.iterdir()) == []


def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path, migrated):
    database = tmp_path / "entregent.sqlite3"
    process = subprocess.Popen(
        [sys.executable, "-m", "entregent.cli", "migrate"],
        env=environment(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    applied = 0
    while process.poll() is None and applied < 12:
        time.sleep(0.01)
        try:
            applied = ask(database, "SELECT count(*) FROM django_migrations")[0][0] if database.exists() else 0
        except sqlite3.OperationalError:
            continue
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = ask(database, "SELECT count(*) FROM django_migrations")[0][0]
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    assert 12 <= before < ask(database, "SELECT count(*) FROM django_migrations")[0][0]
    tables = "SELECT name, sql FROM sqlite_master WHERE name <> 'kept' AND name NOT LIKE 'sqlite_stat%' ORDER BY name"
    assert ask(database, tables) == ask(migrated / "entregent.sqlite3", tables)
