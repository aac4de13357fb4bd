"""Runs the server and the worker side by side: each is started again when it dies, and all are stopped together."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import parent_process
from threading import Event

from entregent.kernel.processes import die_with_parent

STOP_SECONDS = 10.0
"""Seconds a process gets to finish before it is killed."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
"""Seconds between two starts of a process that keeps dying: doubled each time, from the first to the longest."""
SETTLED = 30.0
"""Seconds a process must live for its next death to count as the first again."""
MOST_FAILURES = 5
"""Starts of the server in a row that may fail to open before everything ends."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def on_stop_signal(stop: Callable[[], None]) -> None:
    """Call ``stop`` on Ctrl+C, on SIGTERM, and when the terminal is closed."""
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: stop())


def die_with_server() -> None:
    """In a process of the web server: end with the server's own process, which a successor would not know of."""
    die_with_parent(signal.SIGKILL)
    if (server := parent_process()) is not None and not server.is_alive():
        signal.raise_signal(signal.SIGKILL)


def _follow_parent() -> None:
    """In a new child process: leave Ctrl+C to the parent, which stops its children itself; die with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(signal.SIGTERM)


@dataclass
class Child:
    """A process that is started again whenever it ends; ``tell`` gets the exit code of each that ended.

    The first time at once. One that keeps dying before it has ``SETTLED`` is started at growing intervals, so that it
    does not take the whole machine. Nothing is lost by it: jobs survive the worker (accounts/jobs.py), and pages the
    server.
    """

    command: list[str]
    tell: Callable[[int], None]
    process: subprocess.Popen = field(init=False)
    failures: int = 0
    """Starts in a row after which it ended without having been ``opened``."""
    code: int = 0
    """The exit code of the one that ended last."""
    pause: float = 0.0

    def __post_init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self.started, self.opened, self.due = time.monotonic(), False, 0.0
        self.process = subprocess.Popen(self.command, preexec_fn=_follow_parent)  # noqa: S603 - our own commands

    def keep_alive(self) -> None:
        """Start it again if it has ended and its pause is over."""
        code, now = self.process.poll(), time.monotonic()
        if code is None:
            return
        if not self.due:
            self.failures = 0 if self.opened else self.failures + 1
            grown = min(max(FIRST_PAUSE, 2 * self.pause), LONGEST_PAUSE)
            self.pause = 0.0 if now - self.started >= SETTLED else grown
            self.due = self.started + self.pause
            self.code = code
            self.tell(code)
        if now >= self.due:
            self._start()


def run_together(
    server: list[str],
    worker: list[str] | None,
    is_open: Callable[[], bool],
    announce: Callable[[], None],
    tell: Callable[[str, int], None],
) -> int:
    """Run ``server`` and ``worker``, if any, until a stop signal; return the exit code.

    Once ``is_open`` reports that the server accepts connections, the worker is started, so as not to delay the first
    page, and ``announce`` is called. One that dies is started again; ``tell`` gets its name and exit code. Only a
    server that doesn't open ``MOST_FAILURES`` times in a row ends it all: then nothing would work by waiting.
    """
    stop = Event()
    on_stop_signal(stop.set)
    serving = Child(server, lambda code: tell("server", code))
    working: Child | None = None
    announced = False
    try:
        while not stop.is_set():
            serving.keep_alive()
            if serving.failures >= MOST_FAILURES:
                return abs(serving.code) or 1
            if not serving.opened and serving.process.poll() is None:
                serving.opened = is_open()
            if serving.opened and not announced:
                announced = True
                working = Child(worker, lambda code: tell("worker", code)) if worker else None
                announce()
            if working is not None:
                working.keep_alive()
            stop.wait(0.1)
        return 0
    finally:
        _stop([child.process for child in (serving, working) if child is not None])


def _stop(children: list[subprocess.Popen]) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
