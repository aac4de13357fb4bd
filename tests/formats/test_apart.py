"""A reader in a process of its own takes nothing of its parent's with it, and does not outlive it."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import pytest

from entregent.formats import apart
from entregent.formats.errors import Unreadable

ENDLESS = """
import itertools
from entregent.formats import apart
print(next(filter(None, apart.each(itertools.count, 1))), flush=True)
for found in apart.each({endless}):
    pass
"""
LIMITED = """
import resource
from entregent.formats import apart
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
print([found for found in apart.each(range, 3) if found is not None])
"""


HEADER = 4
"""Bytes that say how long the message is."""


def waiting(pipe: int) -> int:
    """Return how many bytes wait in a pipe."""
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))[0]


def counts():
    number = 0
    while True:
        yield number
        number += 1


def huge():
    while True:
        yield bytes(20_000)


def is_open(*numbers: int):
    for number in numbers:
        try:
            os.fstat(number)
        except OSError:
            yield False
        else:
            yield True


def rows(function, *args) -> list:
    return [found for found in apart.each(function, *args) if found is not None]


def test_a_reader_dies_with_its_worker():
    """Even one that sends nothing, which would never see that nobody reads."""
    script = ENDLESS.format(endless="lambda: (found for found in itertools.count() if found < 0)")
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"1\n"
        worker.kill()
        worker.wait()
        ended, _, _ = select.select([worker.stdout], [], [], 20)  # the reader holds it too while it lives
        assert ended


def test_a_reader_whose_rows_nobody_takes_ends():
    reader = apart._Reader(counts, (), 2)
    reader.pipe.close()
    _pid, status = os.waitpid(reader.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0  # not of its limit


def test_a_reader_has_none_of_its_parents_files():
    ends = os.pipe()
    try:
        assert rows(is_open, *ends, 2) == [False, False, True]
    finally:
        for end in ends:
            os.close(end)


def test_a_reader_killed_inside_a_message_was_too_heavy():
    with apart._Reader(huge, (), 60) as reader:
        while waiting(reader.pipe.fileno()) <= HEADER:
            assert reader.pipe.poll(20)
        os.kill(reader.pid, signal.SIGKILL)
        with pytest.raises(Unreadable) as caught:
            reader.received()
    assert caught.value.code == "too_heavy"


def test_a_system_that_allows_less_reads_all_the_same():
    done = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True, check=False)
    assert done.stdout == "[0, 1, 2]\n", done.stderr


def computes(seconds: float):
    while time.process_time() < seconds:
        pass
    yield 1


def stands():
    signal.pause()
    yield 1


def test_a_reader_that_loads_or_skips_is_waited_for(monkeypatch):
    """However long it sends nothing; who reads can renew a lease meanwhile."""
    monkeypatch.setattr(apart, "BEAT", 0.05)
    monkeypatch.setattr(apart, "WAIT", 0.5)
    found = list(apart.each(computes, 1.5))
    assert (found[0], found[-1]) == (None, 1)


def test_a_reader_that_stands_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "BEAT", 0.05)
    monkeypatch.setattr(apart, "WAIT", 0.1)
    with pytest.raises(Unreadable) as caught:
        list(apart.each(stands))
    assert caught.value.code == "too_heavy"
