"""The French and English texts are complete."""

import ast
import re
import subprocess
import sys

from entregent.directory.messages import SENTENCES

from .rooms import ROOT, SOURCES


def test_every_text_has_its_french():
    command = [sys.executable, "tools/messages.py", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_complaint_about_a_value_has_its_sentence():
    """Each code that the kernel or the directory gives to ``Bad`` or ``Problem``, some through helpers."""
    places = {"Bad": 0, "Problem": 1, "_digits": 2, "_with_luhn": 2, "_number": 1}
    codes = set()
    for path in [path for room in ("kernel", "directory") for path in (SOURCES / room).rglob("*.py")]:
        for call in ast.walk(ast.parse(path.read_text())):
            place = places.get(getattr(call.func, "id", "")) if isinstance(call, ast.Call) else None
            if place is not None and len(call.args) > place and isinstance(call.args[place], ast.Constant):
                codes.add(call.args[place].value)
    assert len(codes) > 40
    assert codes <= set(SENTENCES), codes - set(SENTENCES)


def test_no_name_stands_where_french_would_elide_before_it():
    """«de Aline», «que Aline»: a format string can't elide."""
    catalogue = SOURCES / "directory/locale/fr/LC_MESSAGES/django.po"
    assert not re.findall(r"\b(?:de|que|le|la|ne|se|si)\s%\((?:name|contact|organisation)\)s", catalogue.read_text())
