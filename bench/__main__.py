"""`make bench`: fills databases of several sizes, runs the benchmarks on each, and prints tables.

    make bench ARGS="pages accounts shared 10000 100000 sqlite postgres --keep"

selects subjects, sizes (in contacts) and databases. The default is all subjects with 10,000 contacts, on both
databases. How long it may take is printed first. `--keep` also writes the tables to docs/figures/, a page for each
subject and size. Filled databases are kept in the data folder's bench/.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql
from tools.postgres import find_binaries, kept

from bench import report
from bench.machine import describe, forget, load
from bench.subjects import COLD, SUBJECTS, Subject

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
FIGURES = ROOT / "docs" / "figures"
DATABASES = ("sqlite", "postgres")


def asked(words: list[str]) -> tuple[list[str], list[str], list[int]]:
    """Return the databases, subjects and sizes that the words name; no sizes: each subject's own."""
    databases = [word for word in words if word in DATABASES]
    subjects = [word for word in words if word in SUBJECTS]
    sizes = [int(word) for word in words if word.isdecimal()]
    if len(databases) + len(subjects) + len(sizes) + words.count("--keep") != len(words):
        sys.exit(__doc__)
    return databases or list(DATABASES), subjects or list(SUBJECTS), sizes


def main() -> None:
    """Measure each size of each subject on each database, one after another, each in its own process."""
    databases, subjects, sizes = asked(sys.argv[1:])
    folder = Path(os.environ.get("ENTREGENT_DATA") or ROOT / "var").resolve() / "bench"
    wanted = [(name, size) for name in subjects for size in sizes or [SUBJECTS[name].size]]
    times = [
        SUBJECTS[name].minutes(size, (_data(folder, name, database, size) / "filled.json").exists())
        for name, size in wanted
        for database in databases
    ]
    print(f"This takes about {sum(times):.0f} minutes on a quiet machine.", file=sys.stderr)
    for name, size in wanted:
        before, found = load(), []
        for database in databases:
            print(f"{datetime.now():%H:%M} {name}, {database}, {size:,} contacts…", file=sys.stderr)
            figures = _measured(name, folder, database, size)
            found.append({"database": database, "size": size} | figures)
        _tell(name, size, found, before)


def _tell(name: str, size: int, found: list[dict], busy: float) -> None:
    """Print the tables of a subject and size, and write them beside the figures."""
    now = datetime.now()
    title = f"# {name}, {size:,} contacts"
    machine = f"Measured {now.date().isoformat()} on {describe()}; load {busy:.1f} at the beginning."
    text = "\n".join([title, "", f"{machine} {report.loops(found)}", "", *SUBJECTS[name].tables(found)])
    print(text, end="\n\n")
    RESULTS.mkdir(parents=True, exist_ok=True)
    figures = {"machine": describe(), "time": now.isoformat(), "subject": name, "found": found}
    (RESULTS / f"{now:%Y-%m-%d-%H%M}-{name}-{size}.json").write_text(json.dumps(figures, indent=1))
    report.keep(FIGURES if "--keep" in sys.argv else RESULTS, name, size, text)


def _data(folder: Path, name: str, database: str, size: int) -> Path:
    return folder / f"{database}-{SUBJECTS[name].folder}{size}"


def _measured(name: str, folder: Path, database: str, size: int) -> dict:
    """Return the figures of one size on one database, filling it first if necessary."""
    subject, data, found = SUBJECTS[name], _data(folder, name, database, size), {}
    data.mkdir(parents=True, exist_ok=True)
    for module, *arguments in ((subject.filling, str(size)), *_with_target(subject, data / "figures.json")):
        if module == COLD:
            forget(data if database == "sqlite" else folder / "server")
        with _database(database, folder / "server", f"{subject.folder}{size}") as url:
            environment = {**os.environ, "ENTREGENT_DATA": str(data), "ENTREGENT_DATABASE_URL": url}
            subprocess.run([sys.executable, "-m", module, *arguments], env=environment, cwd=ROOT, check=True)
        if module != subject.filling:
            found = _together(found, json.loads((data / "figures.json").read_text()))
    return found | {"filled": json.loads((data / "filled.json").read_text())}


def _with_target(subject: Subject, target: Path) -> list[tuple[str, ...]]:
    return [(*measure, str(target)) for measure in subject.measures]


def _together(found: dict, more: dict) -> dict:
    """Return the figures of two modules; lists of both are joined, the later module's first."""
    lists = {key: value + found.get(key, []) for key, value in more.items() if isinstance(value, list)}
    return found | more | lists


@contextmanager
def _database(database: str, folder: Path, ending: str) -> Iterator[str]:
    """Give the URL of the database of one subject and size, created if missing; "" for SQLite.

    PostgreSQL is started with its default settings, and stopped at the end, so that nobody finds its memory warm.
    """
    if database == "sqlite":
        yield ""
        return
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is missing: initdb is not in PATH nor in /usr/lib/postgresql.")
    name = f"entregent_{ending.replace('-', '_')}"
    with kept(binaries, folder) as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{server}/{name}"


if __name__ == "__main__":
    main()
