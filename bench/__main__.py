"""`make bench`: fills databases of several sizes, runs the benchmarks on each, and prints tables.

`make bench ARGS="pages shared 10000 100000 sqlite postgres"` selects subjects, sizes and databases. The default is
both subjects on both databases: an account's pages at all three sizes, a shared directory at the largest. With
`--keep` among the words the tables are also written to docs/benchmarks.md. Filled databases are kept in the data
folder's bench/.
"""

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql
from tools.postgres import find_binaries, kept

from bench import report, shared_report
from bench.machine import describe

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
DATABASES = ("sqlite", "postgres")
TABLES = {"pages": report.tables, "shared": shared_report.tables}


@dataclass(frozen=True)
class Subject:
    """A set of benchmarks.

    ``filling``: the module that fills a database; ``measures``: the modules that measure it, with their arguments;
    ``sizes``: the default sizes; ``folder``: prefix of the names of its folders and databases.
    """

    filling: str
    measures: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    folder: str


SUBJECTS = {
    "pages": Subject("bench.filling", (("bench.pages",),), (10_000, 100_000, 1_000_000), ""),
    "shared": Subject(
        "bench.shared_filling",
        (("bench.shared",), ("bench.shared_work", "tag"), ("bench.shared_work", "sync")),
        (1_000_000,),
        "shared-",
    ),
}


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
    found: dict[str, list[dict]] = {name: [] for name in subjects}
    with ExitStack() as stack:
        for database in databases:
            server = stack.enter_context(_server(folder / "server")) if database == "postgres" else ""
            for name in subjects:
                for size in sizes or SUBJECTS[name].sizes:
                    print(f"{name}, {database}, {size:,} contacts…", file=sys.stderr)
                    figures = _measured(SUBJECTS[name], folder, database, server, size)
                    found[name].append({"database": database, "size": size} | figures)
    now = datetime.now()
    day = now.date().isoformat()
    RESULTS.mkdir(parents=True, exist_ok=True)
    whole = {"machine": describe(), "day": day, "found": found}
    (RESULTS / f"{now:%Y-%m-%d-%H%M}.json").write_text(json.dumps(whole, indent=1))
    for name, tables in TABLES.items():
        if name in found:
            text = "\n".join([f"Measured {day} on {describe()}.", "", *tables(found[name])])
            print(text, end="\n\n")
            if "--keep" in sys.argv:
                report.keep(ROOT / "docs" / "benchmarks.md", name, text)


def _measured(subject: Subject, folder: Path, database: str, server: str, size: int) -> dict:
    """Return the figures of one size on one database, filling it first if necessary."""
    data = folder / f"{database}-{subject.folder}{size}"
    data.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "ENTREGENT_DATA": str(data)}
    environment.pop("ENTREGENT_DATABASE_URL", None)
    if server:
        environment["ENTREGENT_DATABASE_URL"] = _database(server, f"{subject.folder}{size}".replace("-", "_"))
    found = {}
    _run(environment, subject.filling, str(size))
    for module, *arguments in subject.measures:
        _run(environment, module, *arguments, str(data / "figures.json"))
        found |= json.loads((data / "figures.json").read_text())
    return found | {"filled": json.loads((data / "filled.json").read_text())}


def _run(environment: dict[str, str], module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], env=environment, cwd=ROOT, check=True)


def _server(folder: Path) -> AbstractContextManager[str]:
    """Start PostgreSQL with default settings, keeping its databases between runs; yield its URL."""
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is missing: initdb is not in PATH nor in /usr/lib/postgresql.")
    return kept(binaries, folder)


def _database(server: str, ending: str) -> str:
    """Return the URL of the database of one subject and size, created if missing."""
    name = f"entregent_{ending}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{server}/{name}"


if __name__ == "__main__":
    main()
