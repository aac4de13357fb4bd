"""The rows planned so far, by the keys that they are recognised by.

A run needs those of its present step only, since the records of the steps before are in the directory. A check writes
none, so it keeps the rows of the whole file: on disk, as a million would take too much memory.
"""

import pickle
from collections.abc import Collection, Iterable
from dataclasses import replace

from entregent.store.scratch import Things

from .plans import Plan


class Earlier:
    """Plans by key. Between ``open`` and ``keep`` are those of one step, and what it needs of the steps before."""

    def __init__(self, whole_file: bool) -> None:
        self.stored = Things() if whole_file else None
        self.count = 0
        self.by_key: dict[str, list[Plan]] = {}
        self.plans: dict[int, Plan] = {}

    def open(self, keys: Collection[str]) -> None:
        """Begin a step. ``keys``: of the plans before it that it needs."""
        self.by_key, self.plans = {}, {}
        for content in self.stored.having(keys) if self.stored else ():
            plan: Plan = pickle.loads(content)  # noqa: S301  written by this process, to a file that only it opens
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

    def take_back(self, plan: Plan) -> None:
        """Forget a plan that was added in this step."""
        del self.plans[plan.number]
        for key in plan.keys:
            self.by_key[key] = [other for other in self.by_key[key] if other is not plan]

    def keep(self) -> None:
        """Store the plans of the step, once it has succeeded."""
        if not self.stored:
            return
        changed = [plan for plan in self.plans.values() if plan.changed]
        contents = {plan.number: pickle.dumps(_bare(plan), pickle.HIGHEST_PROTOCOL) for plan in changed}
        self.stored.keep(contents, ((key, plan.number) for plan in changed for key in plan.keys))

    def _index(self, plan: Plan, keys: Iterable[str]) -> None:
        self.plans[plan.number] = plan
        for key in keys:
            self.by_key.setdefault(key, []).append(plan)


def _bare(plan: Plan) -> Plan:
    """Return a plan without its row and record, which later steps don't need."""
    return replace(plan, row=None, record=None, differences={}, changed=False)
