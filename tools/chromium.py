"""Where Debian's chromium is: its build without windows, which takes half the time of the whole, or the whole."""

import shutil
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium")


def find() -> Path | None:
    """Return the first that is installed, in the order of ``NAMES``."""
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)
