"""The machine: its speed at this moment, CPU time and memory of other processes, and the cache of its disk."""

import os
import platform
import time
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
QUIET_LOOP = 0.15
"""CPU seconds of the loop on the machine that the targets were set on, with no other load."""


def loop() -> float:
    """Return the CPU seconds of a calibration loop; run before and after each measurement, to divide by."""
    start = time.process_time()
    sum(i * i for i in range(3_000_000))
    return time.process_time() - start


def describe() -> str:
    """Return processor, cores and memory, as text for the tables."""
    info = Path("/proc/cpuinfo").read_text()
    model = next((line.partition(": ")[2] for line in info.splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB"


class Database:
    """CPU time of PostgreSQL's server processes; 0 for SQLite, which runs in this process."""

    def __init__(self) -> None:
        self.postmaster = 0
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.postmaster = _parent(cursor.fetchone()[0])

    def cpu(self) -> float:
        """Return the CPU seconds used since the server started."""
        if not self.postmaster:
            return 0.0
        ended = sum(_times(self.postmaster)[2:4])
        return ended + sum(sum(_times(pid)[:2]) for pid in _children(self.postmaster))


def cpu_of(parent: int) -> float:
    """Return the CPU seconds of a process and its living descendants."""
    return sum(sum(_times(pid)[:2]) for pid in _family(parent))


def memory_of(parent: int) -> float:
    """Return the memory of a process and its descendants (MB); each gets its part of what several share."""
    return sum(_proportional_kb(pid) for pid in _family(parent)) / 1024


def forget(folder: Path) -> None:
    """Make the system forget what it holds in memory of a folder's files: who reads them next waits for the disk."""
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file():
            file = os.open(path, os.O_RDONLY)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)


def load() -> float:
    """Return the number of processes that wanted to run in the last minute, on average."""
    return os.getloadavg()[0]


def _family(parent: int) -> list[int]:
    return [parent, *(pid for child in _children(parent) for pid in _family(child))]


def _proportional_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return []


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _times(pid: int) -> list[float]:
    """Return utime, stime, cutime, cstime of a process, in seconds (proc(5))."""
    return [int(value) / TICKS for value in _stat(pid)[11:15]]


def _children(pid: int) -> list[int]:
    known = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [child for child in known if (stat := _stat(child)) and int(stat[1]) == pid]
