"""Processes side by side: started together, stopped together, none left behind."""

import ctypes
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from threading import Event

GRACE = 10.0
"""Seconds that a process gets to finish what it does before it is killed."""
DEATHS = 5
DEATHS_WITHIN = 60.0
PR_SET_PDEATHSIG = 1
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def on_stop_signal(stop: Callable[[], None]) -> None:
    """Call ``stop`` at Ctrl+C, at SIGTERM, and when the terminal is closed."""
    for number in STOPS:
        signal.signal(number, lambda *_: stop())


def _follow_parent() -> None:
    """In a new child: leave Ctrl+C to the parent, who stops its children one way; don't outlive it (Linux)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(command: list[str]) -> subprocess.Popen:
    return subprocess.Popen(command, preexec_fn=_follow_parent)  # noqa: S603 - our own commands


class Worker:
    """The background worker: started again when it dies, with a word; given up when it keeps dying.

    Its work survives it (accounts/jobs.py), so a new one goes on where it was.
    """

    def __init__(self, command: list[str], tell: Callable[[int], None]) -> None:
        self.command, self.tell = command, tell
        self.deaths: deque[float] = deque(maxlen=DEATHS)
        self.process = _start(command)

    def keep_alive(self) -> bool:
        """Start it again if it ended; False when it ended ``DEATHS`` times within ``DEATHS_WITHIN`` seconds."""
        code = self.process.poll()
        if code is None:
            return True
        self.deaths.append(time.monotonic())
        if len(self.deaths) == DEATHS and self.deaths[-1] - self.deaths[0] < DEATHS_WITHIN:
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

    Once ``is_open`` says that the server answers, the worker starts, so that the first page doesn't wait for
    it, and ``announce`` is called. A worker that dies is started again, never silently: ``tell_restart`` gets
    its exit code. One that keeps dying ends the whole, which would else look healthy and leave work undone.
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
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
