"""The rows planned so far, by the keys that they are recognised by.

A run needs those of its present step only, since the records of the steps before are in the directory. A check writes
none, so it keeps the rows of the whole file: on disk, as a million would take too much memory.
"""

import pickle
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from .plans import Plan

MOST_VALUES = 500


class Earlier:
    """Plans by key. Between ``open`` and ``keep`` are those of one step, and what it needs of the steps before."""

    def __init__(self, whole_file: bool) -> None:
        self.database = _database() if whole_file else None
        self.count = 0
        self.by_key: dict[str, list[Plan]] = {}
        self.plans: dict[int, Plan] = {}

    def open(self, keys: Collection[str]) -> None:
        """Begin a step. ``keys``: of the plans before it that it needs."""
        self.by_key, self.plans = {}, {}
        for plan in self._stored(sorted(keys)):
            self._index(plan, plan.keys)

    def records(self) -> set[int]:
        """Return the ids of the existing records that the plans of earlier steps change."""
        return {plan.record_id for plan in self.plans.values() if plan.record_id}

    def having(self, key: str) -> list[Plan]:
        """Return the plans with a key, the first row's first."""
        return self.by_key.get(key, [])

    def add(self, plan: Plan, keys: Iterable[str]) -> None:
        """Add a plan, or further keys of one that is there."""
        if not plan.number:
            self.count += 1
            plan.number = self.count
        fresh = [key for key in keys if key not in plan.keys]
        plan.keys.update(fresh)
        plan.changed = True
        self._index(plan, fresh)

    def keep(self) -> None:
        """Store the plans of the step, once it has succeeded."""
        if not self.database:
            return
        changed = [plan for plan in self.plans.values() if plan.changed]
        rows = [(plan.number, pickle.dumps(_bare(plan), pickle.HIGHEST_PROTOCOL)) for plan in changed]
        self.database.executemany("INSERT OR REPLACE INTO plan VALUES (?, ?)", rows)
        pairs = ((key, plan.number) for plan in changed for key in plan.keys)
        self.database.executemany("INSERT OR IGNORE INTO plan_key VALUES (?, ?)", pairs)

    def _index(self, plan: Plan, keys: Iterable[str]) -> None:
        self.plans[plan.number] = plan
        for key in keys:
            self.by_key.setdefault(key, []).append(plan)

    def _stored(self, keys: list[str]) -> Iterator[Plan]:
        numbers: set[int] = set()
        for start in range(0, len(keys) if self.database else 0, MOST_VALUES):
            some = keys[start : start + MOST_VALUES]
            found = f"SELECT number FROM plan_key WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608
            numbers.update(number for (number,) in self.database.execute(found, some))  # type: ignore[union-attr]
        for number in sorted(numbers):
            row = self.database.execute("SELECT plan FROM plan WHERE number = ?", (number,))  # type: ignore[union-attr]
            yield pickle.loads(row.fetchone()[0])  # noqa: S301  written by this process, to a file that only it opens


def _database() -> sqlite3.Connection:
    database = sqlite3.connect("")
    database.execute("PRAGMA cache_size=-8000")
    database.execute("CREATE TABLE plan (number INTEGER PRIMARY KEY, plan BLOB)")
    database.execute("CREATE TABLE plan_key (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID")
    return database


def _bare(plan: Plan) -> Plan:
    """Return a plan without its row and record, which later steps don't need."""
    return replace(plan, row=None, record=None, differences={}, changed=False)
