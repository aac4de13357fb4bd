"""Files to read: generated, or the real ones of ../shared/data if present."""

from collections.abc import Callable
from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file of the given text or bytes."""

    def made(content: str | bytes, name: str = "file.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return made


@pytest.fixture
def real() -> Callable[[str], Path]:
    """Return a function that gives a real file, or skips the test with a clear word."""

    def found(name: str) -> Path:
        if not (REAL / name).exists():
            pytest.skip(f"the real file {name} is not in ../shared/data")
        return REAL / name

    return found
