"""The time that changes are recorded at: now, unless a block pins it (demo data, tests)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)


def now() -> datetime:
    """Return the current or pinned time, timezone-aware."""
    return _pinned.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Make `now()` return `moment` (timezone-aware) inside the block."""
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)
