"""`entregent run` starts a server and a worker together, and stops them together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.database import lay
from tests.mailbox import free_port


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """``start("run", PORT=…)``: the program with a data folder of its own, not the tests' settings."""
    started = []

    def start(*words: str, **variables: str) -> subprocess.Popen:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ENTREGENT", "DJANGO"))}
        process = subprocess.Popen(
            [sys.executable, "-m", "entregent.cli", *words],
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


def children(process: subprocess.Popen) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


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


def test_a_worker_that_keeps_dying_ends_the_whole(running):
    process, _ = running
    for _death in range(5):
        wait_until(lambda: process.poll() is not None or len(children(process)) == 2)
        os.kill(children(process)[1], signal.SIGKILL)
        time.sleep(0.5)
    process.communicate(timeout=30)
    assert process.returncode == 9


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent is dead")
def test_nothing_is_left_when_it_is_killed(running):
    process, _ = running
    pids = children(process)
    process.kill()
    process.communicate(timeout=30)
    wait_until(lambda: gone(pids), 30)


def test_a_taken_port_is_a_clear_sentence(start):
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        process = start("run", PORT=str(port))
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


def test_an_unknown_command_is_a_wrong_use(start):
    process = start("nope")
    process.communicate(timeout=60)
    assert process.returncode == 2
