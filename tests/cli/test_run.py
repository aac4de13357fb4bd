"""`entregent run` starts a server and a worker together, and stops them together."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.database import lay
from tests.mailbox import free_port

from entregent.cli import processes


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """``start("run", PORT=…)``: the program with a data folder of its own, not the tests' settings.

    It waits at most half a second before it starts again what died, so that tests don't wait either.
    """
    started = []
    program = "from entregent.cli import main, processes; processes.LONGEST_PAUSE = 0.5; main.main()"

    def start(*words: str, **variables: str) -> subprocess.Popen:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ENTREGENT", "DJANGO"))}
        process = subprocess.Popen(
            [sys.executable, "-c", program, *words],
            cwd=tmp_path,
            env={**kept, "ENTREGENT_WORKERS": "1", "LANG": "en_US.UTF-8", **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def children_of(pid: int) -> list[int]:
    """The children of a process; none if it has ended."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def children(process: subprocess.Popen) -> list[int]:
    return children_of(process.pid)


def server_of(process: subprocess.Popen) -> int:
    return next(pid for pid in children(process) if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes())


def worker_of(process: subprocess.Popen) -> int:
    return next(pid for pid in children(process) if pid != server_of(process))


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def answers(port: int) -> bool:
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).status == 200
    except OSError:
        return False


@pytest.fixture
def running(start, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[subprocess.Popen, int]:
    """The program as it runs; on a database that is migrated already, unless the test is marked ``first_start``."""
    if not request.node.get_closest_marker("first_start"):
        lay(tmp_path / "var")
    port = free_port()
    process = start("run", PORT=str(port))
    wait_until(lambda: process.poll() is not None or answers(port))
    assert process.poll() is None, process.communicate()[0]
    wait_until(lambda: len(children(process)) == 2)
    return process, port


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.first_start
def test_a_stop_signal_ends_all_of_it(running):
    process, port = running
    pids = children(process)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/" in printed
    assert "outbox" in printed
    assert gone(pids)


def test_a_dead_worker_is_replaced_with_a_word_and_the_pages_stay(running):
    process, port = running
    server, worker = children(process)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: worker not in children(process) and len(children(process)) == 2)
    assert server in children(process)
    assert answers(port)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "a new one continues its work" in printed


def web_processes(process: subprocess.Popen) -> list[int]:
    """The processes that answer, children of granian's own."""
    return children_of(server_of(process))


def test_the_pages_stay_open_whatever_dies(running):
    """One process of the web server, the server itself, and the worker more often than by chance."""
    process, port = running
    os.kill(web_processes(process)[0], signal.SIGKILL)
    wait_until(lambda: answers(port), 20)
    orphans = web_processes(process)
    os.kill(server_of(process), signal.SIGKILL)
    wait_until(lambda: gone(orphans), 5)
    wait_until(lambda: answers(port), 20)
    for _death in range(6):
        wait_until(lambda: len(children(process)) == 2)
        worker = worker_of(process)
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda worker=worker: not Path(f"/proc/{worker}").exists())
        assert process.poll() is None
    assert answers(port)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "The web server ended (code -9); it is being started again." in printed
    assert printed.count("a new one continues its work") >= 5


class Clock:
    """A program whose processes live as long as it says, in a time of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, lives: list[float]) -> None:
        self.now, self.lives, self.starts, self.told = 0.0, iter(lives), [], []
        monkeypatch.setattr(processes.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(processes.subprocess, "Popen", self.started)

    def started(self, *_: object, **__: object) -> SimpleNamespace:
        ends = self.now + next(self.lives, 10_000.0)
        self.starts.append(self.now)
        return SimpleNamespace(poll=lambda: 9 if self.now >= ends else None)

    def run(self, child: processes.Child, seconds: float) -> None:
        for _ in range(int(seconds * 2)):
            self.now += 0.5
            child.keep_alive()


def test_what_keeps_dying_is_started_at_growing_intervals_which_start_over(monkeypatch):
    clock = Clock(monkeypatch, [0, 0, 0, 0, 0, 0, 0, 40, 0, 0])
    child = processes.Child(["program"], clock.told.append)
    clock.run(child, 120)
    gaps = [later - earlier for earlier, later in pairwise(clock.starts)]
    assert gaps == [0.5, 1, 2, 4, 8, 10, 10, 40, 0.5, 1]
    assert clock.told == [9] * 10


def test_deaths_ten_seconds_apart_are_mended_at_once(monkeypatch):
    clock = Clock(monkeypatch, [10] * 50)
    clock.run(processes.Child(["program"], clock.told.append), 400)
    assert {later - earlier for earlier, later in pairwise(clock.starts)} == {10}


def test_all_ends_only_if_the_server_never_opens(monkeypatch):
    monkeypatch.setattr(processes, "on_stop_signal", lambda stop: None)
    monkeypatch.setattr(processes, "LONGEST_PAUSE", 0.0)
    told = []
    server = [sys.executable, "-c", "raise SystemExit(3)"]
    code = processes.run_together(server, None, lambda: False, told.clear, lambda *death: told.append(death))
    assert (code, told) == (3, [("server", 3)] * processes.MOST_FAILURES)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent is dead")
def test_nothing_is_left_when_it_is_killed(running):
    process, _ = running
    pids = children(process)
    process.kill()
    process.communicate(timeout=30)
    wait_until(lambda: gone(pids), 30)


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_taken_port_is_a_clear_sentence(start, command):
    port = free_port()
    with socket.create_server(("127.0.0.1", port), reuse_port=True):  # as granian opens it: it would be shared
        process = start(command, PORT=str(port))
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"127.0.0.1:{port} can't be opened (Address already in use)" in printed


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "80000"}, "PORT must be a number"),
        ({"ENTREGENT_WORKERS": "none"}, "ENTREGENT_WORKERS must be a number"),
        ({"ENTREGENT_DATABASE_URL": "mysql://x"}, "ENTREGENT_DATABASE_URL must start with"),
    ],
)
def test_a_bad_value_stops_the_start_with_one_sentence(start, variables, sentence):
    process = start("run", **variables)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert printed.startswith(f"entregent: {sentence}")
    assert printed.count("\n") == 1


def foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE orders (id)")


@pytest.mark.first_start
@pytest.mark.parametrize(("command", "make", "sentence"), [
    ("run", lambda file: file.write_bytes(b"no database at all"), "is not a database of Entregent"),
    ("work", lambda file: file.write_bytes(b"no database at all"), "is not a database of Entregent"),
    ("migrate", foreign, "belongs to another program (it holds orders). Nothing was changed."),
    ("serve", foreign, "belongs to another program"),
    ("account list", foreign, "belongs to another program (it holds orders)"),
    ("user list --account lac", foreign, "belongs to another program (it holds orders)"),
    ("work", lambda file: None, "Run: entregent migrate"),
    ("run", lambda file: file.mkdir(), "can't be opened"),
])  # fmt: skip
def test_a_database_that_is_none_of_ours_is_one_clear_sentence(start, tmp_path, command, make, sentence):
    (tmp_path / "var").mkdir()
    make(tmp_path / "var" / "entregent.sqlite3")
    process = start(*command.split(), PORT=str(free_port()))
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert sentence in printed
    assert printed.count("\n") == 1, printed


def test_an_unknown_command_is_a_wrong_use(start):
    process = start("nope")
    process.communicate(timeout=60)
    assert process.returncode == 2
