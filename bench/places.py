"""Where the databases of the benchmarks are: SQLite files, and a PostgreSQL that is started for each program.

PostgreSQL has its default settings, and is stopped after each program, so that none finds its memory warm.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from tools.postgres import find_binaries, kept


@dataclass(frozen=True)
class Place:
    """The database of one subject and size. ``folder``: that of all benchmarks; ``name``: subject and size."""

    folder: Path
    database: str
    name: str

    @property
    def data(self) -> Path:
        """The program's data folder."""
        return self.folder / f"{self.database}-{self.name}"

    @property
    def files(self) -> Path:
        """The folder of the database's files."""
        return self.data if self.database == "sqlite" else self.folder / "server"

    @property
    def is_filled(self) -> bool:
        """Whether it was filled by an earlier run."""
        return (self.data / "filled.json").exists()

    @contextmanager
    def open(self) -> Iterator[dict[str, str]]:
        """Yield the program's environment variables for the database, created if missing."""
        self.data.mkdir(parents=True, exist_ok=True)
        if self.database == "sqlite":
            yield {"ENTREGENT_DATA": str(self.data), "ENTREGENT_DATABASE_URL": ""}
            return
        with self._server() as server:
            if self._sql(server, "SELECT 1 FROM pg_database WHERE datname = {}", sql.Literal(self._pg_name)) == 0:
                self._sql(server, "CREATE DATABASE {}", sql.Identifier(self._pg_name))
            url = f"{server}/{self._pg_name}"
            yield {"ENTREGENT_DATA": str(self.data), "ENTREGENT_DATABASE_URL": url}

    @contextmanager
    def copied(self) -> Iterator["Place"]:
        """Yield a copy, deleted afterwards."""
        copy = Place(self.folder, self.database, f"{self.name}-copy")
        shutil.rmtree(copy.data, ignore_errors=True)
        shutil.copytree(self.data, copy.data)
        if self.database == "postgres":
            names = (sql.Identifier(copy._pg_name), sql.Identifier(self._pg_name))
            with self._server() as server:
                self._sql(server, "DROP DATABASE IF EXISTS {}", names[0])
                self._sql(server, "CREATE DATABASE {} TEMPLATE {}", *names)
        try:
            yield copy
        finally:
            shutil.rmtree(copy.data)
            if self.database == "postgres":
                with self._server() as server:
                    self._sql(server, "DROP DATABASE {}", names[0])

    @property
    def _pg_name(self) -> str:
        return f"entregent_{self.name}".replace("-", "_")

    def _server(self):
        binaries = find_binaries()
        if binaries is None:
            raise SystemExit("PostgreSQL is missing: initdb is not in PATH nor in /usr/lib/postgresql.")
        return kept(binaries, self.files)

    @staticmethod
    def _sql(server: str, statement: str, *words: sql.Composable) -> int:
        """Run a statement; return its number of rows."""
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            return connection.execute(sql.SQL(statement).format(*words)).rowcount
