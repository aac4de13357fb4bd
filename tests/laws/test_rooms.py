"""docs/rooms.md says what the contract, the rooms and the table of requirements say, and these say the truth."""

import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from .rooms import ROOT, SOURCES

pytestmark = pytest.mark.alike
REQUIREMENTS = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text())
NUMBER = r"(?:A[1-6]|B[1-7]|C[1-7]|D[1-7]|E(?:1[0-5]|[1-9])|X(?:1[0-9]|20|[1-9]))"
STANDARD = re.compile(r"\bstd [A-Z]\d+(?:[-–]\d+|[-–][A-Z]\d+|,? (?:and )?[A-Z]\d+)*")
"""Standards have numbers of the same form, cited as «std E19, E21»; they end a list that begins with requirements."""


def test_the_floor_plan_is_not_stale():
    done = subprocess.run([sys.executable, ROOT / "tools" / "rooms.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_requirement_leads_to_files_that_exist():
    gone = {
        f"{number}: {path}"
        for number, row in REQUIREMENTS.items()
        for path in row["in"]
        if not (SOURCES / path).exists() or path.endswith("/") != (SOURCES / path).is_dir()
    }
    assert not gone
    assert all(row["what"] and row["in"] for row in REQUIREMENTS.values())


def test_every_requirement_that_code_or_tests_name_is_in_the_table():
    named: dict[str, str] = {}
    for folder in (SOURCES, ROOT / "tests"):
        for path in sorted(folder.rglob("*.py")):
            for text in prose(path):
                named |= dict.fromkeys(numbers(text), str(path.relative_to(ROOT)))
    assert {number: path for number, path in named.items() if number not in REQUIREMENTS} == {}
    assert len(named) > 30


def test_a_standard_is_not_taken_for_a_requirement():
    assert numbers("(C6, std A57)") == {"C6"}
    assert numbers("(std E19, E21)") == numbers("std C1-C5 and C7") == set()
    assert numbers("(A3-A5, B3)") == {"A3", "A4", "A5", "B3"}


def prose(path: Path) -> Iterator[str]:
    """A file's docstrings and comments, and the number that leads the names of tests: ``test_a1_…``."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value
        if isinstance(node, ast.FunctionDef) and (found := re.match(r"test_([a-ex]\d+)_", node.name)):
            yield found[1].upper()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def numbers(text: str) -> set[str]:
    """The requirements that a text names; a range names all between."""
    text = STANDARD.sub("", text)
    found = set(re.findall(rf"\b{NUMBER}\b", text))
    for letter, first, last in re.findall(r"\b([A-EX])(\d+)[-–]\1?(\d+)\b", text):
        found |= {f"{letter}{number}" for number in range(int(first), int(last) + 1)}
    return found
