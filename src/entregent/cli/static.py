"""Collects style sheets, scripts, icons and fonts for the server, if they have changed."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command


def fingerprint() -> str:
    """Return a digest of each source file's path, size and modification time; fast, as no file is read."""
    seen = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            fact = os.stat(storage.path(name))
            seen.update(f"{name} {fact.st_size} {fact.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def collect() -> None:
    """Fill ``STATIC_ROOT`` with hashed and compressed copies, unless the sources have not changed since."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
