"""Kill soak: processes of `entregent run` die at random while people and programs work, and nothing shows of it.

Saves come through the API, each with a key under which it is sent again until it is answered; imports, actions on
many, and the undoing of these are queued by a program beside. To kill more often than every day:
`ENTREGENT_KILLS=300 .venv/bin/python -m pytest tests/cli/test_kills.py -s`, and on a machine with other work, where
starting takes its time, also `ENTREGENT_PATIENCE=120` (seconds): what is told at the end says how long it took.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from statistics import median
from threading import Event, Thread
from urllib.error import HTTPError

import pytest
from tests.cli.test_run import children_of
from tests.database import lay
from tests.mailbox import free_port
from tests.sharing import SEED

KILLS = os.environ.get("ENTREGENT_KILLS")
"""So many kills are asked for; a few in ``make test``."""
APART = 10.0 if KILLS else 3.0
"""Seconds from one kill to the next, at least."""
MOST_SECONDS = 5.0
"""Seconds after a kill in which the pages must be open again, where the program starts in half of that."""
ROWS = 400
DRIVER = Path(__file__).with_name("killed_work.py")


class Saver(Thread):
    """A program that adds contacts and changes each, and sends again what was not answered."""

    def __init__(self, port: int, token: str, name: str, stop: Event) -> None:
        super().__init__(daemon=True)
        self.url, self.token, self.called, self.stop = f"http://127.0.0.1:{port}/api/v1/contacts", token, name, stop
        self.saved: dict[str, int] = {}
        self.problems: list[str] = []

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            name = f"S{self.called}-{number}"
            added = self.until_answered("POST", "", {"last_name": name, "first_name": "A"}, {"Idempotency-Key": name})
            if added is None:
                return
            self.saved[name] = added["id"]
            self.until_answered("PATCH", f"/{added['id']}", {"first_name": "B"}, {})
            time.sleep(0.05)

    def until_answered(self, method: str, path: str, body: dict, headers: dict[str, str]) -> dict | None:
        limit = time.monotonic() + 120
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        while time.monotonic() < limit:
            request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers, method=method)
            try:
                return json.load(urllib.request.urlopen(request, timeout=30))
            except HTTPError as error:
                if error.code not in (409, 429, 500, 502, 503):
                    self.problems.append(f"{method} {path}: {error.code} {error.read()[:300]!r}")
                    return None
                time.sleep(float(error.headers.get("Retry-After") or 0.2) if error.code == 429 else 0.2)
            except (OSError, HTTPException):
                time.sleep(0.1)
        self.problems.append(f"{method} {path} of {body} was not answered within two minutes")
        return None


def command_of(pid: int) -> bytes:
    """The command line of a process; empty if it has ended meanwhile."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


class Site:
    """The program as it runs, on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ENTREGENT", "DJANGO"))}
        source = str(Path(__file__).resolve().parents[2] / "src")
        self.environment = {**kept, "ENTREGENT_DATA": str(folder / "var"), "PORT": str(self.port),
                            "ENTREGENT_WORKERS": "2", "PYTHONPATH": source}  # fmt: skip
        lay(folder / "var")
        self.token = self.driver("make").communicate()[0].strip()
        assert self.token, (folder / "make.log").read_text()
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "entregent.cli", "run"],
            cwd=folder, env=self.environment, stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def open(self) -> None:
        """Wait for the first page, and learn from it how long a start takes on this machine."""
        start = self.wait_open(120)
        self.patience = float(os.environ.get("ENTREGENT_PATIENCE") or max(MOST_SECONDS, 2 * start))

    def driver(self, *words: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, str(DRIVER), *words], cwd=self.folder, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=(self.folder / f"{words[0]}.log").open("w"),
        )  # fmt: skip

    def wait_open(self, seconds: float) -> float:
        """Wait until a page is answered; return after how many seconds it was."""
        began, answered = time.monotonic(), False
        while not answered:
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{self.port}/connexion/", timeout=seconds)
                answered = page.status == 200
            except (OSError, HTTPException):
                assert self.process.poll() is None, self.told()
                time.sleep(0.05)
            assert time.monotonic() - began < seconds, f"no page within {seconds} s\n{self.told()}"
        return time.monotonic() - began

    def told(self) -> str:
        return (self.folder / "log").read_text()[-3000:]

    def victims(self) -> dict[str, list[int]]:
        """The processes that may die, by what they are."""
        children = {pid: command_of(pid) for pid in children_of(self.process.pid)}
        servers = [pid for pid, line in children.items() if b"granian" in line]
        return {
            "server": servers,
            "page": [pid for server in servers for pid in children_of(server)],
            "worker": [pid for pid, line in children.items() if line.endswith(b"work\0")],
        }

    def rows(self, sql: str) -> list[tuple]:
        with closing(sqlite3.connect(self.folder / "var" / "entregent.sqlite3", timeout=20)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    try:
        site.open()
        yield site
    finally:
        site.process.terminate()
        try:
            site.process.wait(30)
        except subprocess.TimeoutExpired:
            site.process.kill()
            raise


def kill_at_random(site: Site, kills: int) -> Counter:
    """Kill so many processes, and each time wait until the pages are open again."""
    dice, waits, killed = random.Random(SEED), list[float](), Counter[str]()
    kinds = ["page", "worker", "server", "page", "worker"]
    for number in range(kills):
        began = time.monotonic()
        kind = kinds[number] if number < 3 else dice.choice(kinds)
        if pids := site.victims()[kind]:
            with suppress(ProcessLookupError):
                os.kill(dice.choice(pids), signal.SIGKILL)
                killed[kind] += 1
        waits.append(site.wait_open(site.patience))
        time.sleep(max(0.0, began + APART + dice.random() - time.monotonic()))
    late = sum(wait > MOST_SECONDS for wait in waits)
    print(f"{dict(killed)}; open again after {median(waits):.2f} s (median), {max(waits):.1f} s at most; "
          f"after more than {MOST_SECONDS:.0f} s: {late}")  # fmt: skip
    return killed


def test_random_kills_lose_nothing_double_nothing_and_leave_nothing_stuck(site: Site, sample):
    kills = int(KILLS or sample.size(2, 18))
    stop = Event()
    savers = [Saver(site.port, site.token, name, stop) for name in "ab"]
    work = site.driver("work")
    for saver in savers:
        saver.start()
    kill_at_random(site, kills)
    stop.set()
    (site.folder / "stop").touch()
    for saver in savers:
        saver.join(150)
    told = work.communicate(timeout=300)[0]
    assert work.returncode == 0, (site.folder / "work.log").read_text()
    done = json.loads(told)
    assert site.process.poll() is None
    assert [problem for saver in savers for problem in saver.problems] == []
    assert done["problems"] == []

    names = Counter(name for (name,) in site.rows("SELECT last_name FROM directory_party WHERE kind = 'p'"))
    saved = {name for saver in savers for name in saver.saved}
    assert saved
    assert {name: names[name] for name in saved if names[name] != 1} == {}
    assert [name for (name,) in site.rows("SELECT last_name FROM directory_party WHERE first_name = 'A'")] == []
    imported = {name for batch in done["kept"] for name in (f"I{batch}-{row}" for row in range(ROWS))}
    assert {name for name in names if name.startswith("I")} == imported
    assert {name: names[name] for name in imported if names[name] != 1} == {}
    tagged = site.rows("SELECT p.last_name, count(*) FROM directory_party p JOIN directory_partytag t "
                       "ON t.party_id = p.id GROUP BY p.id")  # fmt: skip
    assert Counter(dict(tagged)) == Counter({f"I{batch}-{row}": 1 for batch in done["tagged"] for row in range(ROWS)})
    assert site.rows("SELECT kind, state FROM accounts_job WHERE state != 'done'") == []
    assert site.rows("PRAGMA integrity_check") == [("ok",)]
    print(f"{len(saved)} saved, {len(done['kept'])} files imported, {len(done['tagged'])} tagged")
