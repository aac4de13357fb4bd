"""Read a file in a process of its own, with limits: what a hostile file costs, it costs that process alone.

The process is a copy of this one (fork), so that nothing has to be loaded anew. It touches no database.
"""

import gc
import os
import pickle
import resource
import signal
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, TypeVar

from entregent.kernel.processes import die_with_parent

from .errors import Unreadable

T = TypeVar("T")
MEMORY = 1536 * 1024 * 1024
"""Bytes that a reader may take, beyond those it begins with."""
SECONDS_TO_LOOK, SECONDS_TO_READ = 60, 1800
"""Seconds of computing that a reader may take for the beginning of a file, and for all of it."""
WAIT = 60
"""Seconds in which a reader neither sends a row nor computes, after which it is given up."""
BEAT = 1.0
"""Seconds between two looks at a reader that sends nothing."""
BATCH = 500
TOO_HEAVY = "too_heavy"


def call(function: Callable[..., T], *args: Any) -> Generator[None, None, T]:
    """Call a function in a process of its own and return its result. Yields now and then while it waits.

    Raises ``Unreadable``: what the function raised, or "too_heavy" if it went beyond a limit.
    """
    with _Reader(_once, (function, *args), SECONDS_TO_LOOK) as reader:
        yield from reader.waits()
        (result,) = reader.received()
    return result


def each(function: Callable[..., Iterator[T]], *args: Any) -> Iterator[T | None]:
    """Yield what a generator yields in a process of its own, and None while it waits. Raises as ``call``."""
    with _Reader(function, args, SECONDS_TO_READ) as reader:
        yield from reader.waits()
        while batch := reader.received():
            yield from batch
            yield from reader.waits()


def together(items: Iterable[T | None], most: int) -> Iterator[list[T] | None]:
    """Yield items in lists of ``most``, the last of fewer, and None where ``items`` yields it."""
    batch: list[T] = []
    for item in items:
        if item is None:
            yield None
            continue
        batch.append(item)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


def _once(function: Callable[..., T], *args: Any) -> Iterator[T]:
    yield function(*args)


class _Reader:
    """The process that reads, and the pipe that its batches come through."""

    def __init__(self, function: Callable[..., Iterator[Any]], args: tuple[Any, ...], seconds: int) -> None:
        self.pipe, sender = Pipe(duplex=False)
        parent = os.getpid()
        self.pid = os.fork()
        if not self.pid:
            _leave_to(parent, sender)
            _run(sender, function, args, seconds)
        sender.close()

    def __enter__(self) -> "_Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def waits(self) -> Iterator[None]:
        """Yield None until a batch is there. It may load or skip for long: only if it stands is it given up."""
        computed, since = -1, 0.0
        while not self.pipe.poll(BEAT):
            if (so_far := _computed(self.pid)) != computed:
                computed, since = so_far, time.monotonic()
            elif time.monotonic() - since > WAIT:
                raise Unreadable(TOO_HEAVY)
            yield None

    def received(self) -> list[Any]:
        """Return the next batch; empty at the end."""
        try:
            kind, content = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - from our own process
        except (EOFError, OSError) as error:  # it died, perhaps inside a message: of a limit, or in a library
            raise Unreadable(TOO_HEAVY) from error
        if kind == "unreadable":
            code, params = content
            raise Unreadable(code, **params)
        if kind == "failed":
            raise RuntimeError(content)
        return list(content)


def _computed(pid: int) -> int:
    """Return the processor time of a process, in the system's ticks; -1 where it isn't told (not Linux)."""
    with suppress(OSError):
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(after_name[11]) + int(after_name[12])
    return -1


def _leave_to(parent: int, sender: Connection) -> None:
    """In the child: leave the parent its files and connections, such as the database's, and die with it."""
    die_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    gc.freeze()  # or what the parent has left to be collected would close files of the child
    kept = (0, 1, 2, sender.fileno())
    for number in {int(name) for name in os.listdir("/dev/fd")} - {*kept}:
        with suppress(OSError):
            os.close(number)


def _run(sender: Connection, function: Callable[..., Iterator[Any]], args: tuple[Any, ...], seconds: int) -> None:
    """Do the child's work, and end it without any of the parent's business. Ends at once when nobody reads."""
    try:
        for each_signal in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each_signal, signal.SIG_IGN)  # the parent ends it
        _limit(seconds)
        _send_all(sender, function(*args))
    except Unreadable as unreadable:
        _send(sender, "unreadable", (unreadable.code, unreadable.params))
    except (MemoryError, RecursionError):
        _send(sender, "unreadable", (TOO_HEAVY, {}))
    except BaseException:
        _send(sender, "failed", traceback.format_exc())
    finally:
        os._exit(0)


def _send_all(sender: Connection, items: Iterator[Any]) -> None:
    batch: list[Any] = []
    sent = time.monotonic()
    for item in items:
        batch.append(item)
        if len(batch) >= BATCH or time.monotonic() - sent > 1:
            _send(sender, "items", batch)
            batch, sent = [], time.monotonic()
    if batch:
        _send(sender, "items", batch)
    _send(sender, "items", [])


def _send(sender: Connection, kind: str, content: Any) -> None:
    sender.send_bytes(pickle.dumps((kind, content), pickle.HIGHEST_PROTOCOL))


def _limit(seconds: int) -> None:
    _lower(resource.RLIMIT_CPU, seconds, seconds + 5)
    _lower(resource.RLIMIT_CORE, 0, 0)
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        _lower(resource.RLIMIT_AS, *(pages * resource.getpagesize() + MEMORY,) * 2)


def _lower(limit: int, soft: int, hard: int) -> None:
    """Set a limit, or leave the one that the system has set already where that is lower."""
    most = resource.getrlimit(limit)[1]
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(limit, (soft, hard))
