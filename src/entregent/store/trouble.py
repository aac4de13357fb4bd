"""What is wrong with the database or the disk, whichever of the two databases says it."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from django.db import DatabaseError, connection, transaction

PROBE_BYTES = 256 * 1024
"""What a disk must still take to count as not full."""


class Trouble(StrEnum):
    """A reason why nothing can be read or saved, that is not the program's fault."""

    FULL = "full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    NO_DATABASE = "no_database"
    OUTDATED = "outdated"
    BUSY = "busy"
    UNREACHABLE = "unreachable"


NOTHING_WRITTEN = (Trouble.FULL, Trouble.READ_ONLY)
"""Those that leave everything readable."""
SQLITE = {
    "SQLITE_FULL": Trouble.FULL,
    "SQLITE_READONLY": Trouble.READ_ONLY,
    "SQLITE_CORRUPT": Trouble.DAMAGED,
    "SQLITE_IOERR": Trouble.DAMAGED,
    "SQLITE_NOTADB": Trouble.NO_DATABASE,
    "SQLITE_BUSY": Trouble.BUSY,
    "SQLITE_LOCKED": Trouble.BUSY,
    "SQLITE_CANTOPEN": Trouble.UNREACHABLE,
}
"""By the beginning of the error's name: SQLITE_IOERR_WRITE and others are kinds of SQLITE_IOERR."""
POSTGRESQL = {
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
    "58030": Trouble.DAMAGED,
    "42P01": Trouble.OUTDATED,
    "42703": Trouble.OUTDATED,
    "55P03": Trouble.BUSY,
    "57014": Trouble.BUSY,
    "53300": Trouble.BUSY,
}
SYSTEM = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Return what is wrong with the database or the disk, None if the error, and what led to it, are others."""
    while error is not None:
        if isinstance(error, DatabaseError) and (trouble := _of_the_database(error.__cause__)):
            return trouble
        if isinstance(error, OSError) and (trouble := SYSTEM.get(error.errno or 0)):
            return trouble
        error = error.__cause__ or error.__context__
    return None


def _of_the_database(cause: BaseException | None) -> Trouble | None:
    if state := getattr(cause, "sqlstate", None):
        return POSTGRESQL.get(state)
    name = getattr(cause, "sqlite_errorname", "")
    if name == "SQLITE_ERROR" and str(cause).startswith(("no such table", "no such column")):
        return Trouble.OUTDATED
    if name:
        return next((trouble for start, trouble in SQLITE.items() if name.startswith(start)), None)
    # PostgreSQL's library gives no code if the connection fails or breaks.
    lost = type(cause).__name__ in ("OperationalError", "PoolTimeout") and not isinstance(cause, DatabaseError)
    return Trouble.UNREACHABLE if lost else None


@contextmanager
def unless_disk_full() -> Iterator[None]:
    """Around a write that may be left out if the disk is full, such as a time of last use: reading goes on then."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        if trouble_of(error) not in NOTHING_WRITTEN:
            raise


def is_disk_full(folder: Path) -> bool:
    """Return whether the disk of ``folder``, or of SQLite's file, is full: a small file is written and removed.

    Free space alone would not tell of a quota.
    """
    folders = {folder}
    if connection.vendor == "sqlite":
        folders.add(Path(connection.settings_dict["NAME"]).resolve().parent)
    try:
        for each in folders:
            with tempfile.TemporaryFile(dir=each) as probe:
                probe.write(bytes(PROBE_BYTES))
    except OSError as error:
        return trouble_of(error) is Trouble.FULL
    return False
