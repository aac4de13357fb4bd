"""All tests, on SQLite and on PostgreSQL at the same time, ending with pytest's own closing line.

pytest-xdist starts two processes, one a database; tests/sharing.py tells which of them runs what. What can't be
had (chromium, PostgreSQL) is installed where we may, else told to the suite, which fails for it by name.
"""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import chromium
import debian
from postgres import cluster, find_binaries

ROOT = Path(__file__).resolve().parent.parent


def compiled() -> dict[str, str]:
    """The environment with a place for compiled Python: some forbid it, and each of many processes would compile."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache")}


def processes(databases: list[str]) -> list[str]:
    """pytest's options: one process a database."""
    specs = [f"popen//id={name}//env:ENTREGENT_TEST_DATABASE={name}" for name in databases]
    return ["--dist", "each", *(word for spec in specs for word in ("--tx", spec))]


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped then too
    missing = []
    if not chromium.find() and not any(debian.install(name) for name in chromium.NAMES):
        missing.append(
            f"chromium: none of {', '.join(chromium.NAMES)} is in PATH, and apt-get can't install any here"
        )
    if not find_binaries() and not debian.install("postgresql"):
        missing.append("PostgreSQL: initdb is not in PATH nor in /usr/lib/postgresql, and apt-get can't install it")
    environment = {**compiled(), "ENTREGENT_TEST_MISSING": "; ".join(missing)}
    environment.pop("ENTREGENT_DATABASE_URL", None)
    databases = ["sqlite"]
    with ExitStack() as stack:
        if binaries := find_binaries():
            environment["ENTREGENT_TEST_POSTGRESQL_URL"] = stack.enter_context(cluster(binaries))
            databases.append("postgresql")
        command = [sys.executable, "-m", "pytest", "--durations=10", *processes(databases), *arguments]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
