"""What the papers name is there: files, folders, links, and the commits that CONTRIBUTING points to."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .rooms import FLOORS, ROOT, SOURCES

pytestmark = pytest.mark.alike
PAPERS = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING"))])
TOP = ("bench", "docs", "src", "tests", "tools")
ROOMS = tuple(path.name for path in SOURCES.iterdir() if path.is_dir())
SHALLOW = ROOT / ".git" / "shallow"
MADE_LATER = ("var/", "backups/", "outbox/", "build/databases/")
"""Folders that the program or the tests make."""


def paths(text: str) -> Iterator[str]:
    """The paths that a paper names: quoted ones below src/entregent or the root, others below the root alone."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    for quoted in re.findall(r"`([^`\s]+)`", text):
        path = "" if quoted.startswith("/") else quoted.rstrip(",.;:")  # "/" leads the address of a page
        of_a_room = path.split("/")[0] in (*TOP, *ROOMS) and "/" in path
        if of_a_room or path.endswith(("/", ".py", ".toml", ".md")):
            yield path
    outside = re.sub(r"`[^`]*`|\]\([^)]*\)", "", text)
    yield from (path.rstrip(".") for path in re.findall(rf"(?<![\w/.])(?:{'|'.join(TOP)})/[\w./-]*", outside))


def exists(path: str) -> bool:
    """Whether there is such a file or folder; one named without a folder may stand anywhere in the sources."""
    if "/" in path.rstrip("/"):
        return any((place / path).exists() for place in (ROOT, SOURCES))
    return (ROOT / path).exists() or any(SOURCES.rglob(path.rstrip("/")))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_a_path_that_a_paper_names_exists(paper: Path):
    named = {path for path in paths(paper.read_text()) if path not in MADE_LATER and not re.search(r"[<…]|://", path)}
    assert {path for path in named if not exists(path)} == set()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_a_link_leads_somewhere(paper: Path):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", paper.read_text())
    assert [link for link in links if "://" not in link and not (paper.parent / link).exists()] == []


def test_a_stale_path_is_found():
    assert [path for path in paths("`directory/shown.py`, `web/gone/`, tests/gone.py.") if exists(path)] == []
    assert len(list(paths("`directory/shown.py`, `web/gone/`, tests/gone.py."))) == 3
    assert len(PAPERS) > 25


def test_the_house_is_drawn_as_the_contract_says():
    """CONTRIBUTING's picture has every room on its floor, the roof first."""
    drawn = re.findall(r"^ *(\d+) +([a-z]+(?: [|] [a-z]+)*)  ", (ROOT / "CONTRIBUTING.md").read_text(), re.M)
    from_the_paper = {room: int(floor) for floor, rooms in drawn for room in rooms.split(" | ")}
    assert from_the_paper == FLOORS


def test_the_commits_that_contributing_points_to_are_in_the_history():
    subjects = re.findall(r"commit “([^”]+)”", (ROOT / "CONTRIBUTING.md").read_text())
    log = subprocess.run(["git", "log", "--format=%s"], cwd=ROOT, capture_output=True, text=True)
    if log.returncode or SHALLOW.exists():
        pytest.skip("the history is not here")
    assert subjects
    assert set(subjects) <= set(log.stdout.splitlines())
