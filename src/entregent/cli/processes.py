"""Processes side by side: started together, stopped together, none left behind."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event

GRACE = 10.0
"""Seconds that a process gets to finish what it does before it is killed."""
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


def run_together(
    server: list[str], worker: list[str], is_open: Callable[[], bool], announce: Callable[[], None]
) -> int:
    """Run ``server`` and ``worker`` until a stop signal (→ 0) or until one ends by itself (→ its code, or 1).

    Once ``is_open`` says that the server answers, the worker starts, so that the first page doesn't wait for
    it, and ``announce`` is called. Nothing is restarted silently: a server without its worker, or the
    contrary, would look healthy and lose work.
    """
    stop = Event()
    on_stop_signal(stop.set)
    children = [_start(server)]
    try:
        while not stop.is_set():
            ended = [child.returncode for child in children if child.poll() is not None]
            if ended:
                return max(map(abs, ended)) or 1
            if len(children) == 1 and is_open():
                children.append(_start(worker))
                announce()
            stop.wait(0.1)
        return 0
    finally:
        _stop(children)


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
