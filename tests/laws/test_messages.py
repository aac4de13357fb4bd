"""The French and English texts are complete."""

import subprocess
import sys

from .rooms import ROOT


def test_every_text_has_its_french():
    command = [sys.executable, "tools/messages.py", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
