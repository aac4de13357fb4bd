"""Runs the server and the worker side by side: started together, stopped together, none left behind."""

import ctypes
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from threading import Event

STOP_SECONDS = 10.0
"""Seconds a process gets to finish before it is killed."""
MOST_DEATHS = 5
DEATHS_WITHIN = 60.0
PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def on_stop_signal(stop: Callable[[], None]) -> None:
    """Call ``stop`` on Ctrl+C, on SIGTERM, and when the terminal is closed."""
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: stop())


def _follow_parent() -> None:
    """In a new child process: leave Ctrl+C to the parent, which stops its children itself; die with it (Linux)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(command: list[str]) -> subprocess.Popen:
    return subprocess.Popen(command, preexec_fn=_follow_parent)  # noqa: S603 - our own commands


class Worker:
    """The background worker process: restarted when it dies, with a message; given up when it keeps dying.

    Jobs survive it (accounts/jobs.py), so the new process resumes them.
    """

    def __init__(self, command: list[str], tell: Callable[[int], None]) -> None:
        self.command, self.tell = command, tell
        self.deaths: deque[float] = deque(maxlen=MOST_DEATHS)
        self.process = _start(command)

    def keep_alive(self) -> bool:
        """Restart it if it has ended; return False if it ended ``MOST_DEATHS`` times in ``DEATHS_WITHIN`` seconds."""
        code = self.process.poll()
        if code is None:
            return True
        self.deaths.append(time.monotonic())
        if len(self.deaths) == MOST_DEATHS and self.deaths[-1] - self.deaths[0] < DEATHS_WITHIN:
            return False
        self.tell(code)
        self.process = _start(self.command)
        return True


def run_together(
    server: list[str],
    worker: list[str],
    is_open: Callable[[], bool],
    announce: Callable[[], None],
    tell_restart: Callable[[int], None],
) -> int:
    """Run ``server`` and ``worker`` until a stop signal (→ 0) or until the server ends by itself (→ its code, or 1).

    Once ``is_open`` reports that the server accepts connections, the worker is started, so as not to delay the first
    page, and ``announce`` is called. A worker that dies is restarted, and ``tell_restart`` gets its exit code. If it
    keeps dying, everything stops: otherwise the program would look healthy and leave work undone.
    """
    stop = Event()
    on_stop_signal(stop.set)
    serving, working = _start(server), None
    try:
        while not stop.is_set():
            if serving.poll() is not None:
                return abs(serving.returncode) or 1
            if working is None and is_open():
                working = Worker(worker, tell_restart)
                announce()
            if working is not None and not working.keep_alive():
                return abs(working.process.returncode) or 1
            stop.wait(0.1)
        return 0
    finally:
        _stop([serving, *([working.process] if working else [])])


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
