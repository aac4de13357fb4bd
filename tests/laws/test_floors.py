"""Rooms import only lower rooms, at the top of the file."""

import subprocess
import sys
from pathlib import Path

from .rooms import FLOORS, ROOT, SOURCES

TOOLS = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run([TOOLS / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True)


def test_each_room_imports_from_below():
    done = run("lint-imports", "--no-cache")
    assert done.returncode == 0, done.stdout


def test_no_import_hides_in_a_function():
    done = run("ruff", "check", "--no-cache", "--select", "PLC0415", "--output-format", "concise", "src")
    assert done.returncode == 0, done.stdout


def test_every_room_has_a_floor():
    rooms = {path.parent.name for path in SOURCES.glob("*/__init__.py")}
    assert rooms <= set(FLOORS)
