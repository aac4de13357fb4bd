"""`make bench`: fills databases of several sizes, measures in each, prints the tables.

`make bench SIZES=10000,100000 DATABASES=sqlite,postgres`: what to measure (all three sizes on both otherwise).
`ARGS=--keep`: also writes the tables to docs/benchmarks.md. Filled databases stay in the data folder's bench/.
"""

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from pathlib import Path

import psycopg
from psycopg import sql
from tools.postgres import find_binaries, kept

from bench import report
from bench.machine import describe

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
SIZES = "10000,100000,1000000"
DATABASES = "sqlite,postgres"


def main() -> None:
    """Measure each size on each database, in processes of their own, one after another."""
    sizes = [int(size) for size in (os.environ.get("SIZES") or SIZES).split(",")]
    databases = (os.environ.get("DATABASES") or DATABASES).split(",")
    folder = Path(os.environ.get("ENTREGENT_DATA") or ROOT / "var").resolve() / "bench"
    found = []
    with ExitStack() as stack:
        for database in databases:
            server = stack.enter_context(_server(folder / "server")) if database == "postgres" else ""
            for size in sizes:
                print(f"{database}, {size:,} contacts…", file=sys.stderr)
                found.append({"database": database, "size": size} | _measured(folder, database, server, size))
    day = date.today().isoformat()
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{day}.json").write_text(json.dumps({"machine": describe(), "day": day, "found": found}, indent=1))
    text = report.tables(found, describe(), day)
    print(text)
    if "--keep" in sys.argv:
        report.keep(ROOT / "docs" / "benchmarks.md", text)


def _measured(folder: Path, database: str, server: str, size: int) -> dict:
    """The figures of one size on one database, which is filled first where it is not."""
    data = folder / f"{database}-{size}"
    data.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "ENTREGENT_DATA": str(data)}
    environment.pop("ENTREGENT_DATABASE_URL", None)
    if server:
        environment["ENTREGENT_DATABASE_URL"] = _database(server, size)
    subprocess.run([sys.executable, "-m", "bench.filling", str(size)], env=environment, cwd=ROOT, check=True)
    pages = data / "pages.json"
    subprocess.run([sys.executable, "-m", "bench.pages", str(pages)], env=environment, cwd=ROOT, check=True)
    return json.loads(pages.read_text()) | {"filled": json.loads((data / "filled.json").read_text())}


def _server(folder: Path) -> AbstractContextManager[str]:
    """PostgreSQL as it comes, its databases kept from one run to the next."""
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is missing: initdb is not in PATH nor in /usr/lib/postgresql.")
    return kept(binaries, folder)


def _database(server: str, size: int) -> str:
    """The URL of the database of one size, made where it is missing."""
    name = f"entregent_{size}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{server}/{name}"


if __name__ == "__main__":
    main()
