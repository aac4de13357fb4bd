"""The time that deeds are told at: now, unless a block says otherwise (demo data, tests)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)


def now() -> datetime:
    """Return the moment, with its zone."""
    return _pinned.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the block happen at `moment` (with its zone), as if it were now."""
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)
