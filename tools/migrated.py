"""Databases that have been migrated, kept in build/ for the tests: a file of SQLite, an archive of a cluster."""

from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "databases"


def key() -> str:
    """What a migrated database depends on, as a name: the text of all migrations and the pinned packages."""
    made_by = [*sorted((ROOT / "src").glob("**/migrations/*.py")), ROOT / "requirements.txt"]
    return sha256(b"\0".join(path.read_bytes() for path in made_by)).hexdigest()[:16]


def kept(suffix: str) -> Path:
    """Where the database of the present migrations is kept, whether it is there or not."""
    return FOLDER / f"{key()}{suffix}"


def keep(new: Path, path: Path) -> None:
    """Put ``new`` in the place of what is kept there, whole at once, and forget what older migrations made."""
    for old in path.parent.glob(f"*{path.suffix}"):
        if old != path:
            old.unlink(missing_ok=True)
    new.replace(path)
