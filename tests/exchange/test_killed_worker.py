"""A worker killed during an import (kill -9) and restarted, with real processes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.database import lay

SCRIPT = """
import django; django.setup()
from pathlib import Path
from entregent.accounts.actor import actor_in
from entregent.accounts.models import User
from entregent.accounts.opening import add_member, open_account
from entregent.accounts.scope import inside
from entregent.exchange import intake
from entregent.runs import cycle
account = open_account("lac", "Lac")
user = User.objects.create_user("aicha@lac.example", "une-phrase-assez-longue")
add_member(account, user, "administrator")
by = actor_in("lac", user.pk)
with inside(account):
    source = intake.receive(by, Path("people.csv"), "people.csv", "contacts")
    cycle.start_run(by, source)
"""


@pytest.fixture
def rows(sample) -> int:
    """How many rows the file has; and so how many steps, after each of which a worker may be killed."""
    return sample.size(2000, 6000)


@pytest.fixture
def place(tmp_path: Path, rows: int) -> tuple[Path, dict[str, str]]:
    """A data folder of its own with an import waiting for a worker, and its environment."""
    people = (
        f"N{number};Léa;n{number}@x.example;04 75 87 {number // 100:02} {number % 100:02}" for number in range(rows)
    )
    (tmp_path / "people.csv").write_text("\n".join(["Nom;Prénom;Email;Téléphone", *people]) + "\n", encoding="utf-8")
    environment = {
        **os.environ,
        "ENTREGENT_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "entregent.config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }
    environment.pop("ENTREGENT_DATABASE_URL", None)
    lay(tmp_path / "data")
    for command in (["-m", "entregent.cli", "migrate"], ["-c", SCRIPT]):
        subprocess.run([sys.executable, *command], env=environment, cwd=tmp_path, check=True, capture_output=True)
    return tmp_path, environment


def ask(folder: Path, sql: str) -> int:
    with closing(sqlite3.connect(folder / "data" / "entregent.sqlite3", timeout=20)) as connection:
        return connection.execute(sql).fetchone()[0]


def wait_for(folder: Path, sql: str, value: int, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while ask(folder, sql) < value:
        assert time.monotonic() < limit, f"{sql}: {ask(folder, sql)} after {seconds} s, not {value}"
        time.sleep(0.02)


def expire_lease(folder: Path) -> None:
    """Let the next worker take the job at once: the length of a lease is tested elsewhere."""
    with closing(sqlite3.connect(folder / "data" / "entregent.sqlite3", timeout=20)) as connection:
        connection.execute("UPDATE accounts_job SET lease_until = '2000-01-01' WHERE lease_until IS NOT NULL")
        connection.commit()


def worker(folder: Path, environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "entregent.cli", "work"], env=environment, cwd=folder)


def test_kill_9_in_the_middle_loses_no_row_and_doubles_none(place, rows: int, sample):
    folder, environment = place
    done = 0
    for _kill in range(sample.size(1, 4)):
        killed = worker(folder, environment)
        wait_for(folder, "SELECT rows_done FROM exchange_import", done + 1, 60)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        expire_lease(folder)
        done = ask(folder, "SELECT rows_done FROM exchange_import")
        assert 0 < done < rows
        assert ask(folder, "SELECT count(*) FROM directory_party") == done
    last = worker(folder, environment)
    try:
        wait_for(folder, "SELECT rows_done FROM exchange_import", rows, 90)
        wait_for(folder, "SELECT count(*) FROM exchange_import WHERE state = 'done'", 1, 10)
    finally:
        last.terminate()
        last.wait(timeout=20)
    assert ask(folder, "SELECT count(*) FROM directory_party") == rows
    assert ask(folder, "SELECT count(DISTINCT name) FROM directory_party") == rows
    assert ask(folder, "SELECT count(*) FROM journal_about") == rows
