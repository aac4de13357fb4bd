"""Plan what each row of a file does; the check shows the plans, the run carries them out.

Each row is seen beside all rows before it, so that the check foresees what the run does, row by row, and importing
the same file twice changes nothing (std C30).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.parties.saving import cleaned, current, differences
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.cards import LISTS, Card, by_name, changes, plain
from entregent.directory.parties.cleaning import Clean, Cleaner
from entregent.directory.parties.facts import facts_given
from entregent.directory.parties.reading import Record

from .combining import kind_of, organisation_card, patch_of
from .earlier import Earlier
from .leaving_out import clean_as_far_as_possible, with_lines
from .looking_up import Labels, Settling
from .mailboxes import Mailboxes, Target
from .messages import all_kept, kept
from .placing import Placing, token
from .plans import Plan, Row
from .recognising import Known, holds, name_of, person_keys
from .refusals import REFUSED
from .refusing import NOTED, Refusing
from .row_keys import keys_of, text_of, wanted_by

__all__ = ["Plan", "Planner", "Row"]
_SAID_BY_SPREADING = frozenset({"emails", REFUSED})
"""What a row without a name may give for nothing of it to be lost if whoever has its address refuses."""


class Planner:
    """Plans the rows of one import, a few hundred at a time, in the file's order.

    ``whole_file``: remember the rows of earlier steps, for a check. Call ``keep`` once a step has succeeded.
    ``shared``: the user says «Adresse partagée» of the file's addresses.
    """

    def __init__(
        self,
        by: Actor,
        kind: str,
        on_duplicate: str,
        labels: Labels,
        *,
        whole_file: bool = False,
        shared: bool = False,
    ) -> None:
        self.by, self.kind, self.on_duplicate = by, kind, on_duplicate
        self.shared, self.settling = shared, Settling(by, labels)
        self.earlier = Earlier(whole_file)
        self.refused = set[int]()
        """The ids of records that refuse because of rows about others, in the steps that were kept."""

    def keep(self) -> None:
        """Remember the plans of a step that has succeeded."""
        self.earlier.keep()
        self.refused |= self.refusing.noted

    def plan(self, rows: Iterable[Row]) -> list[Plan]:
        """Return a plan per row, in order, and last those of organisations that have no row. A few queries in all."""
        plans = [self._cleaned(row) for row in rows]
        live = [(plan, plan.clean) for plan in plans if plan.clean]
        self.earlier.open({key for plan, clean in live for key in wanted_by(clean, plan.refuses(clean))})
        self.known = Known(self.by, [clean for _, clean in live], self.earlier.records())
        self.mailboxes = Mailboxes(self.known, self.earlier, self.shared)
        self.placing = Placing(self.by, self.known, self.earlier)
        refusing = [clean for plan, clean in live if plan.refuses(clean)]
        self.refusing = Refusing(self.by, self.placing, refusing, self.refused)
        for plan, clean in live:
            self._decide(plan, clean)
        plans += self.placing.implied
        self.settling.settle([plan for plan in plans if plan.writes])
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
        plan.clean, asides, problems = clean_as_far_as_possible(self.by, kind, card)
        plan.asides = [self.settling.without_secrets(aside) for aside in asides]
        plan.problems = all_kept(problems)
        if plan.clean and kind != self.kind:
            plan.notes.append("organisation_only")
        return plan

    def _decide(self, plan: Plan, clean: Clean) -> None:
        """Decide whether the row creates a record, or changes one of the directory or of an earlier row."""
        bodies = len(self.placing.implied)
        if plan.kind == "p":
            self.placing.place(plan, clean)
        found, given = self._target(plan, clean), clean.emails
        target = None if self.on_duplicate == "create" else found
        skipped = target is not None and self.on_duplicate == "skip"
        if skipped:
            self.placing.take_back(bodies)
        if plan.kind == "p":
            self._settle_addresses(plan, clean, target, skipped)
        spread = plan.refuses(clean) and self.refusing.spread(plan, clean, given, target, found)
        if target is None:
            self._create(plan, clean, spread)
        elif skipped:
            self._skip(plan, clean, target)
        else:
            self._add_to(target, plan, clean)

    def _settle_addresses(self, plan: Plan, clean: Clean, target: Target, skipped: bool) -> None:
        """Take out of a row the addresses that someone else keeps, and give those of a role to its organisation."""
        before = list(plan.notes)
        ways = self.mailboxes.settle(plan, clean, target)
        if skipped:
            plan.notes = before
        elif ways and not self.placing.give(clean.positions[0], ways):
            plan.asides += [self.placing.not_given(way) for way in ways]

    def _add_to(self, target: Plan | Record, plan: Plan, clean: Clean) -> None:
        if isinstance(target, Plan):
            self._fold_into(plan, clean, target)
        else:
            self._compare(plan, clean, target)

    def _skip(self, plan: Plan, clean: Clean, target: Plan | Record) -> None:
        """Leave a record as it is, but for a refusal of mailings, which no choice may drop."""
        plan.asides, plan.compare = [], []
        if plan.refuses(clean):
            plan.only_refusal, plan.given, clean.positions = True, frozenset({REFUSED}), []
            self._add_to(target, plan, clean)
        if plan.outcome == "rejected":  # what it has already is not valid any more, which is not this row's matter
            plan.also_refuse.append((target.record_id if isinstance(target, Plan) else target.party.pk) or 0)
            plan.problems = []
        if plan.outcome != "updated":
            plan.outcome = "duplicate"

    def _create(self, plan: Plan, clean: Clean, spread: bool) -> None:
        """Plan a new record. ``spread``: its row refuses mailings, which others who have its address got to know."""
        if clean.kind == "p" and not name_of(clean):
            clean.columns["name"] = next((way.value for way in clean.emails), "")
        if (
            not clean.name and spread and plan.given <= _SAID_BY_SPREADING
        ):  # all that it says is known where its address is
            plan.outcome, plan.clean, plan.asides = "updated" if NOTED in plan.notes else "unchanged", None, []
            return
        if not clean.name:
            plan.outcome, plan.clean = "rejected", None
            plan.problems = [kept(aside.target, aside.code, **aside.params) for aside in plan.asides]
            return
        plan.outcome, plan.extra = "created", plan.given_extra
        if clean.kind == "p" and not (clean.columns["last_name"] and clean.columns["first_name"]):
            plan.notes.append("to_complete")
        clean.columns["notes"] = with_lines(clean.columns["notes"], self.settling.told(plan.asides))
        self.earlier.add(plan, keys_of(clean))

    def _target(self, plan: Plan, clean: Clean) -> Target:
        """Return what the row is about: the first that a key finds, the most reliable key first."""
        if clean.kind == "o":
            return self.placing.target(plan, clean)
        facts = facts_given(clean)
        own = self.mailboxes.own(clean)
        ways = [way for way in clean.channels if way.kind != "email" or way in own]
        facts.ways = ways
        for key in person_keys(facts, [token(place) for place in clean.positions]):
            if key[0] == "email":
                found = next((self.mailboxes.named(clean, way) for way in own if way.key == key[1]), None)
            else:
                found = self._having(key, clean)
            if found is not None:
                return found
        return None

    def _having(self, key: tuple, clean: Clean) -> Target:
        record = self.known.uids.get(key[1]) if key[0] == "uid" else self.known.by_key.get(key)
        if record and record.party.kind == clean.kind:
            planned = self.earlier.having(f"record|{record.party.pk}")
            return planned[0] if planned else record
        return next((plan for plan in self.earlier.having(text_of(key)) if plan.kind == clean.kind), None)

    def _fold_into(self, plan: Plan, clean: Clean, first: Plan) -> None:
        """Add to an earlier row's plan what this row about the same record changes, as if it were written already."""
        if first.writes and not first.settled:
            self.settling.settle([first])
        assert first.clean is not None  # noqa: S101
        record = first.record or self.known.records.get(first.record_id or 0)
        bare = record or Record(Party(account=self.by.account, kind=clean.kind), first.clean.card())
        held = replace(bare, card=_as_planned(bare, first.clean))
        wanted = self._patched(plan, clean, held)
        if wanted is None:
            return
        places = first.new_positions if record else first.clean.positions
        fresh = [
            place for place in clean.positions if not _in(place, places) and not (record and holds(record, place))
        ]
        places += fresh
        wanted = self.settling.settle_later(plan, wanted, held, record)
        changed = changes(plain(held.card), plain(wanted.card()))
        wanted.positions = first.clean.positions
        first.clean, first.changed, first.named = wanted, True, first.named or not plan.only_refusal
        if record and first.record:
            first.differences = differences(record, wanted)
        added = bool(changed or fresh or first.add_extra(record, plan.given_extra))
        first.completed = first.completed or added
        plan.outcome, plan.clean = "updated" if added else "unchanged", None
        self.earlier.add(first, keys_of(wanted, fresh))

    def _compare(self, plan: Plan, clean: Clean, record: Record) -> None:
        """Plan what the row changes in an existing record."""
        plan.record, plan.record_id = record, record.party.pk
        wanted = self._patched(plan, clean, record)
        if wanted is None:
            return
        plan.new_positions = [place for place in clean.positions if not holds(record, place)]
        plan.clean = wanted
        plan.differences = differences(record, wanted)
        plan.extra = plan.held_extra
        added = plan.differences or plan.new_positions or plan.add_extra(record, plan.given_extra)
        plan.outcome = "updated" if added else "unchanged"
        self.earlier.add(plan, [f"record|{record.party.pk}", *keys_of(wanted, clean.positions)])

    def _patched(self, plan: Plan, clean: Clean, held: Record) -> Clean | None:
        """Return the card of a record changed by a row; None, and the row rejected, if that can't be."""
        own = current(held) if held.party.is_layer else held.card
        patch = patch_of(held.card, clean, plan.given, replace=self.on_duplicate == "replace")
        moved = [] if "notes" in patch or plan.only_refusal else plan.moved(clean)
        if lines := [*moved, *self.settling.told(plan.asides)]:
            patch["notes"] = with_lines(patch.get("notes", own["notes"]), lines)
        try:
            return cleaned(Cleaner(self.by.account), held, patch)
        except Invalid as invalid:
            plan.outcome, plan.clean = "rejected", None
            plan.problems = all_kept(invalid.problems)
            return None


def _as_planned(record: Record, clean: Clean) -> Card:
    """Return the card of a record as it will be; a layer's with what it copies from the shared record."""
    card = clean.card()
    if record.party.is_layer:
        values, copied = by_name(card), by_name(record.card)
        for name in LISTS:
            values[name] = [
                *values[name],
                *(one for one in copied[name] if isinstance(one, dict) and "service" in one),
            ]
        card["tags"] = [*card["tags"], *record.service_tags]
        if "skills" in card:
            card["skills"] = [*card["skills"], *record.service_skills]
    return card


def _in(place: dict[str, Any], places: list[dict[str, Any]]) -> bool:
    return any((token(held), held["function"]) == (token(place), place["function"]) for held in places)
