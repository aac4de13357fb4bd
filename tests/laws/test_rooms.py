"""docs/rooms.md is up to date with the import contract and the rooms' docstrings."""

import subprocess
import sys

from .rooms import ROOT


def test_the_floor_plan_is_not_stale():
    done = subprocess.run([sys.executable, ROOT / "tools" / "rooms.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
