"""The repository contains no names of machines, registries or personal folders."""

import re
import subprocess

import pytest

from .rooms import ROOT

FORBIDDEN = [
    r"(?<![\w./])/(?:work|root|home/\w+|Users/\w+)/",
    r"\.library\b",
    r"registry\.npm" + r"js\.org|files\.python" + r"hosted\.org|pypi\.org/" + r"simple|npm" + r"mirror",
    r'"resolved":|--(?:extra-)?index-url|^registry\s*=',
    r"^--hash=.*://",
]


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("this is not a git checkout")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_the_place_it_was_made_in():
    pattern = re.compile("|".join(FORBIDDEN), re.MULTILINE)
    here = __file__.rsplit("/", 1)[-1]
    found = []
    for name in tracked():
        if name.endswith(here):
            continue
        try:
            text = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match.group(0)!r}" for match in pattern.finditer(text)]
    assert not found
