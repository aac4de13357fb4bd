"""The benchmarks start: their programs find what they import, and an unknown option measures nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from bench.__main__ import asked
from bench.subjects import SUBJECTS

pytestmark = pytest.mark.alike
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("option", ["--help", "--kep", "10k"])
def test_only_known_options_measure(option):
    with pytest.raises(SystemExit, match="make bench"):
        asked([option])


def test_words_name_what_is_measured():
    assert asked(["pages", "10000", "sqlite", "--keep"]) == (["sqlite"], ["pages"], [10_000])
    assert asked([]) == (["sqlite", "postgres"], ["pages", "accounts", "shared", "resets"], [])


def test_no_subject_takes_long_unless_a_larger_size_is_named():
    """Both databases of all subjects take a quarter of an hour at most; how long is printed before it begins."""
    assert sum(2 * one.minutes(one.size, filled=False) for one in SUBJECTS.values()) < 15
    assert SUBJECTS["pages"].minutes(1_000_000, filled=False) > 20
    assert SUBJECTS["pages"].minutes(1_000_000, filled=True) < 10


def test_every_program_imports():
    programs = {one.filling for one in SUBJECTS.values()}
    programs |= {module for one in SUBJECTS.values() for module, *_ in one.measures}
    found = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(sorted(programs))}"], cwd=ROOT, capture_output=True, text=True
    )
    assert len(programs) == 11
    assert found.returncode == 0, found.stderr
