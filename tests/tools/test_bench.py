"""The benchmarks start: their programs find what they import, and an unknown option measures nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from bench.__main__ import asked

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("option", ["--help", "--kep"])
def test_only_known_options_measure(option):
    ended = subprocess.run([sys.executable, "-m", "bench", option], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "make bench" in ended.stderr


def test_words_name_what_is_measured():
    assert asked(["pages", "10000", "sqlite", "--keep"]) == (["sqlite"], ["pages"], [10_000])
    assert asked([]) == (["sqlite", "postgres"], ["pages", "shared"], [])


@pytest.mark.parametrize("program", ["pages", "filling", "shared", "shared_filling", "shared_work"])
def test_each_program_imports(program):
    found = subprocess.run(
        [sys.executable, "-c", f"import bench.{program}"], cwd=ROOT, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr
