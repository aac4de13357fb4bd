"""French first and last names, each as frequent as among the mayors of France (README.md says from where)."""

import csv
from bisect import bisect
from functools import cache
from itertools import accumulate
from pathlib import Path

FOLDER = Path(__file__).parent
COUNTED = 34_921
"""The people among whom the last names were counted: those with a rarer name too."""


def last_name(chance: float) -> str:
    """Return a common last name, or "" for a rare one; ``chance``: from 0 to 1, all equally likely."""
    names, until = _last_names()
    place = bisect(until, chance * COUNTED)
    return names[place] if place < len(names) else ""


def first_name(sex: str, chance: float) -> str:
    """Return a first name of a woman ("F") or a man ("M")."""
    names, until = _first_names(sex)
    return names[bisect(until, chance * until[-1])]


@cache
def _last_names() -> tuple[list[str], list[int]]:
    return _added_up(_rows("last_names.csv"))


@cache
def _first_names(sex: str) -> tuple[list[str], list[int]]:
    return _added_up([row for row in _rows("first_names.csv") if row["sex"] == sex])


def _added_up(rows: list[dict[str, str]]) -> tuple[list[str], list[int]]:
    return [row["name"] for row in rows], list(accumulate(int(row["bearers"]) for row in rows))


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
