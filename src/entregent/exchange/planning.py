"""Plan what each row of a file does; the check shows the plans, the run carries them out.

Importing the same file twice changes nothing (std C30).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.parties.parties import prepare
from entregent.actions.parties.saving import check, cleaned, differences
from entregent.actions.positions.organisations import Named, key_of
from entregent.directory.fields.field_types import Item, Words
from entregent.directory.fields.register import FIELDS, typed
from entregent.directory.messages import Invalid
from entregent.directory.parties.cards import by_name
from entregent.directory.parties.cleaning import Clean, Cleaner, item_key, tag_key
from entregent.directory.parties.reading import Record
from entregent.formats.errors import Problem

from .combining import joined, kind_of, organisation_card, patch_of
from .file_card import FileCard
from .messages import all_kept, kept
from .recognising import Key, Known, fits, keys_of, name_of, same_name

_ITEMS = frozenset(typed(Item))
_NAMED = {field.name for field in FIELDS if field.standing and isinstance(field.type, Item | Words)}
"""Fields spelled as in the reference lists, however they are typed."""


@dataclass(slots=True)
class Row:
    """A row of the file as a card, with remarks."""

    line: int
    cells: list[str]
    card: FileCard
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """The plan of a row: ``outcome`` is one of models.OUTCOMES; ``problems`` as in ``Reject``."""

    row: Row
    kind: str
    outcome: str
    clean: Clean | None = None
    record: Record | None = None
    differences: dict[str, list] = field(default_factory=dict)
    new_positions: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    given: frozenset[str] = frozenset()
    """The fields that the row gives; others in ``clean`` are defaults and don't change existing records."""


class Planner:
    """Plans rows of one import, a few hundred at a time.

    ``remember(keys)`` stores the keys of rows to create, and returns those it had stored before. A check needs it to
    find rows of earlier steps, since it writes nothing; in a run it is None.
    """

    def __init__(
        self, by: Actor, kind: str, on_duplicate: str, remember: Callable[[Sequence[str]], set[str]] | None = None
    ) -> None:
        self.by, self.kind, self.on_duplicate = by, kind, on_duplicate
        self.remember = remember
        self.organisations: dict[tuple[str, str], Named] = {}
        """The organisations found for the rows planned last, for ``resolve``."""

    def plan(self, rows: Iterable[Row]) -> list[Plan]:
        """Return a plan per row, in order. A few queries in all."""
        plans = [self._cleaned(row) for row in rows]
        live = [(plan, plan.clean) for plan in plans if plan.clean]
        known = Known(self.by, [clean for _, clean in live])
        self.organisations = known.organisations
        earlier: dict[Key, Plan] = {}
        for (plan, clean), keys in zip(live, known.keys, strict=True):
            self._decide(plan, clean, keys, known, earlier)
        self._forget_given(plans)
        self._refuse_taken(plans)
        return plans

    def _cleaned(self, row: Row) -> Plan:
        kind = kind_of(row.card, self.kind)
        plan = Plan(row, kind, "rejected", notes=[problem.code for problem in row.problems if not problem.fatal])
        fatal = [problem for problem in row.problems if problem.fatal]
        if fatal:
            plan.problems = [kept(problem.target, problem.code, **problem.params) for problem in fatal]
            return plan
        card = organisation_card(row.card) if kind == "o" else row.card
        plan.given = frozenset(card)
        try:
            plan.clean = prepare(self.by, kind, card)
        except Invalid as invalid:
            plan.problems = all_kept(invalid.problems)
        if plan.clean and kind != self.kind:
            plan.notes.append("organisation_only")
        return plan

    def _decide(
        self, plan: Plan, clean: Clean, in_directory: list[Key], known: Known, earlier: dict[Key, Plan]
    ) -> None:
        """Decide whether to create a record, or to change one found in the directory or in an earlier row."""
        record = None if self.on_duplicate == "create" else known.match(clean, in_directory)
        keys = keys_of(clean)
        same = next((earlier[key] for key in keys if key in earlier and fits(key, clean, earlier[key].clean)), None)
        if record is None and same is not None and self.on_duplicate != "create":
            self._fold_into(plan, clean, same)
            return
        _share_taken(plan, clean, known, earlier, self.on_duplicate == "create")
        if record is not None:
            self._compare(plan, clean, record, known)
        else:
            plan.outcome = "created"
        if plan.outcome in ("created", "updated"):
            earlier.update(dict.fromkeys(keys, plan))

    def _fold_into(self, plan: Plan, clean: Clean, same: Plan) -> None:
        """Add to an earlier row's plan what this row about the same person adds."""
        assert same.clean is not None  # noqa: S101
        if self.on_duplicate == "skip":
            plan.outcome = "duplicate"
            return
        held = same.clean.positions if same.record is None else same.new_positions
        fresh = [place for place in clean.positions if not _in(place, held)]
        held += fresh
        if same.record is not None and fresh:
            same.outcome = "updated"
        added = self._add_missing(same.clean, clean)
        if same.record is not None and added:
            same.differences = differences(same.record, same.clean)
        plan.outcome = "updated" if fresh or added else "unchanged"

    def _add_missing(self, into: Clean, source: Clean) -> bool:
        """Add to a planned card what it lacks from another; return whether anything was added."""
        before = into.card()
        into.channels = joined(into.channels, source.channels, lambda channel: (channel.kind, channel.key))
        into.tags = joined(into.tags, source.tags, tag_key)
        into.addresses = joined(into.addresses, source.addresses, lambda address: frozenset(address.items()))
        fresh = {code: value for code, value in source.custom.items() if code not in into.custom}
        if fresh:
            into.custom = into.custom | fresh
            into.searched = [*into.searched, *source.searched]
        if "skills" in into.standing:
            into.standing["skills"] = joined(into.standing["skills"], source.standing["skills"], item_key)
        held = by_name(into.standing)
        for name in _ITEMS & set(held):
            held[name] = held[name] or source.standing.get(name)
        return into.card() != before

    def _compare(self, plan: Plan, clean: Clean, record: Record, known: Known) -> None:
        plan.record = record
        if self.on_duplicate == "skip":
            plan.outcome = "duplicate"
            return
        patch = patch_of(record.card, clean, plan.given, replace=self.on_duplicate == "replace")
        try:
            wanted = cleaned(Cleaner(self.by.account), record, patch)
        except Invalid as invalid:
            plan.outcome, plan.clean = "rejected", None
            plan.problems = all_kept(invalid.problems)
            return
        plan.new_positions = [place for place in clean.positions if not known.holds(record, place)]
        plan.clean = wanted
        plan.differences = differences(record, wanted)
        plan.outcome = "updated" if plan.differences or plan.new_positions else "unchanged"

    def _forget_given(self, plans: list[Plan]) -> None:
        """In a check, correct the outcome of rows that an earlier step already planned to create."""
        if self.on_duplicate == "create" or self.remember is None:
            return
        new = [(plan, remembered_keys(plan.clean)) for plan in plans if plan.outcome == "created" and plan.clean]
        given = self.remember([key for _, keys in new for key in keys])
        for plan, keys in new:
            if given.isdisjoint(keys):
                continue
            elsewhere = any(key.startswith("place|") and key not in given for key in keys)
            plan.outcome = "duplicate" if self.on_duplicate == "skip" else "updated" if elsewhere else "unchanged"

    def _refuse_taken(self, plans: list[Plan]) -> None:
        """Reject rows that fail the database checks, such as an address that a hidden or binned record has."""
        writing = [plan for plan in plans if plan.outcome in ("created", "updated") and plan.clean]
        settled = check(self.by, [plan.clean for plan in writing if plan.clean], [plan.record for plan in writing])
        for plan, (clean, problems) in zip(writing, settled, strict=True):
            plan.clean = clean
            if plan.record and plan.differences.keys() & _NAMED:
                plan.differences = differences(plan.record, clean)  # with the stored spelling
            if problems:
                plan.outcome = "rejected"
                plan.problems = all_kept(problems)


def _share_taken(plan: Plan, clean: Clean, known: Known, earlier: dict[Key, Plan], always: bool) -> None:
    """Mark e-mail addresses that another person has as shared mailboxes, with a remark (std B26).

    ``always``: even if the other has the same name, since the user asked to create all rows.
    """
    if plan.kind != "p":
        return
    name = name_of(clean)
    for email in clean.emails:
        owner = known.email_owner.get(email.key)
        before = earlier.get(("email", email.key))
        if owner is None and before is None:
            continue
        other = owner.party.name_key if owner else name_of(before.clean) if before and before.clean else ""
        if always or not same_name(name, other):
            email.shared = True
            plan.notes.append("shared_mailbox")


def remembered_keys(clean: Clean) -> list[str]:
    """Return the keys of a card as text; e-mail keys include the name, which has to match as well."""
    name = " ".join(sorted(name_of(clean).split()))
    return ["|".join(map(str, (*key, name) if key[0] == "email" else key)) for key in keys_of(clean)]


def _in(place: dict[str, Any], places: list[dict[str, Any]]) -> bool:
    return any(
        (held["organisation"], key_of(held), held["function"])
        == (place["organisation"], key_of(place), place["function"])
        for held in places
    )
