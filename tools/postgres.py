"""A private PostgreSQL cluster for the tests: in a temporary folder, on a loopback port, gone at the end.

It is taken from an archive in build/, where there is one: making a cluster and migrating a database takes longer.
`python tools/postgres.py COMMAND…` runs a command with ENTREGENT_DATABASE_URL set to such a cluster.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))  # a script finds its neighbours as other programs do
from tools import migrated

USERS = ("postgres", "nobody")
SPEED: tuple[str, ...] = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
SPEED += ("wal_level=minimal", "max_wal_senders=0")
"""Nothing of a test must survive a power cut."""
INIT = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-N")


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: from PATH, else Debian's highest version; None when there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return versions[-1].parent if versions else None


def _owner() -> str | None:
    """The user the server runs as: PostgreSQL refuses root. None: who we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in USERS if name in known)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _version(binaries: Path) -> str:
    """The first number of PostgreSQL's version: another can't read what this one wrote."""
    told = subprocess.run([binaries / "initdb", "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split()[2].partition(".")[0]


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """Start a cluster and give the URL of its first database; stop and delete it whatever happens."""
    archive = migrated.kept(f".{_version(binaries)}.tar")
    if not archive.exists():
        make(binaries, archive)
    with temporary() as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="tar")
        with kept(binaries, folder, SPEED) as url:
            yield f"{url}/postgres"


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder, deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="entregent-postgres-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make(binaries: Path, archive: Path) -> None:
    """Archive a cluster that has a migrated database, of which tests/database.py makes copies."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with temporary() as folder:
        with kept(binaries, folder, SPEED) as url:
            name = f"entregent_{migrated.key()}"
            subprocess.run([binaries / "createdb", "--maintenance-db", f"{url}/postgres", name], check=True)
            variables = {"ENTREGENT_DATABASE_URL": f"{url}/{name}", "ENTREGENT_DATA": str(folder / "entregent")}
            variables["DJANGO_SETTINGS_MODULE"] = "entregent.config.settings"
            command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
            subprocess.run(command, env={**os.environ, **variables}, check=True)
        new = archive.with_suffix(f".{os.getpid()}")
        with tarfile.open(new, "w") as tar:
            tar.add(folder / "data", "data")
        migrated.keep(new, archive)


@contextmanager
def kept(binaries: Path, folder: Path, settings: tuple[str, ...] = ()) -> Iterator[str]:
    """Start the cluster that ``folder`` holds, made there the first time, and give its URL; stop it at the end."""
    owner, port, data = _owner(), _free_port(), folder / "data"

    def run(name: str, *arguments: str) -> None:
        command = [str(binaries / name), *arguments]
        done = subprocess.run(command, user=owner, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{name} failed: {done.stderr or done.stdout}")

    folder.mkdir(parents=True, exist_ok=True)
    if owner:
        shutil.chown(folder, owner)
    try:
        if not data.exists():
            run("initdb", "-D", str(data), "-U", "entregent", *INIT)
        options = " ".join(f"-c {word}" for word in (*settings, "listen_addresses=127.0.0.1", f"port={port}"))
        start = f"{options} -c unix_socket_directories="
        run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", start, "start")
        yield f"postgres://entregent@127.0.0.1:{port}"
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")


if __name__ == "__main__":
    found = find_binaries()
    if found is None:
        raise SystemExit("PostgreSQL is missing: initdb is not in PATH nor in /usr/lib/postgresql.")
    with cluster(found) as url:
        environment = {**os.environ, "ENTREGENT_DATABASE_URL": url}
        sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
