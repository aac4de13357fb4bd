"""Note the refusal of a row on whoever else has its address: a refusal is never dropped (D4).

A refusal is the law's: it is noted even on a record that the user may not see, of which nothing is told. Only
someone of another name who shares the address with the row's person keeps a choice of their own.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from entregent.accounts.actor import Actor
from entregent.actions.parties.saving import differences
from entregent.directory.models import Channel, Party
from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.cleaning_ways import Way
from entregent.directory.parties.reading import records

from .mailboxes import Target
from .placing import Placing, at_address
from .plans import Aside, Plan
from .recognising import name_of, same_name
from .row_keys import keys_of

NOTED = "refusal_of_holder"


class Other(NamedTuple):
    """Someone who has an address: a planned record, or an existing one by its id."""

    plan: Plan | None
    party: int | None
    name_key: str
    refuses: bool
    seen: bool = True
    """Whether the user may know of it; of others nothing is told, nor whether they refuse already."""


class Refusing:
    """Whoever has the addresses of one step's refusing rows.

    ``rows``: the cards of those rows. ``before``: the ids of records that earlier steps of a check noted.
    """

    def __init__(self, by: Actor, placing: Placing, rows: Sequence[Clean], before: set[int]) -> None:
        self.placing, self.known, self.earlier = placing, placing.known, placing.earlier
        self.before = before
        self.noted: set[int] = set()
        """The ids of existing records, not planned otherwise, that a row of this step makes refuse."""
        self.others = self._load(by, {way.key for clean in rows for way in clean.emails})

    def _load(self, by: Actor, keys: set[str]) -> dict[str, list[Other]]:
        """Return the existing records with these addresses, whoever may see them; a layer stands for its record."""
        if not keys:
            return {}
        columns = ("key", "party", "party__base", "party__account", "party__name_key", "party__mail_refused_at")
        held = Channel.readable.filter(key__among=keys, kind="email").exclude(
            party__account=by.account.reference_id, party__binned_at__isnull=False
        )
        rows = list(held.order_by("party").values_list(*columns))
        layered = {base for _key, _pk, base, *_rest in rows if base}
        seen = set(
            Party.readable.visible_to(by).filter(pk__among=[row[1] for row in rows]).values_list("pk", flat=True)
        )
        found: dict[str, list[Other]] = {}
        for key, pk, _base, account, name, refused_at in rows:
            if pk not in layered:
                refuses = account == by.account.pk and refused_at is not None
                found.setdefault(key, []).append(Other(None, pk, name, refuses, pk in seen))
        self._see(by, {other.party for others in found.values() for other in others if not other.refuses})
        return found

    def _see(self, by: Actor, ids: set[int | None]) -> None:
        """Load those of these records that the user sees, beside which later rows are seen."""
        if unknown := ids - set(self.known.records):
            self.known.records |= records(Party.objects.visible_to(by).filter(pk__among=list(unknown)))

    def spread(self, plan: Plan, clean: Clean, given: Sequence[Way], own: Target, found: Target) -> bool:
        """Note the refusal of a row on whoever else has its addresses. Return whether somebody else has one.

        ``given``: the addresses as the row gives them; ``own``: what the row changes; ``found``: whom it is about.
        """
        kept, name = {way.key for way in clean.emails}, name_of(clean)
        others = [
            other
            for key in dict.fromkeys(way.key for way in given)
            for other in self._having(key)
            if key not in kept or not name or same_name(name, other.name_key)
        ]
        if found is not own:
            others.append(self._other(found))
        others = [other for other in others if not _is(other, own)]
        fresh = sum([self._note(plan, other) for other in others])
        plan.notes += [NOTED] * fresh
        if fresh and plan.asides:
            plan.asides.append(Aside("email", NOTED, {}, ""))
        return bool(others)

    def _having(self, key: str) -> Iterator[Other]:
        planned = [*self.earlier.having(f"email|{key}"), *self.earlier.having(at_address(key))]
        yield from map(self._other, planned)
        there = {plan.record_id for plan in planned}
        for other in self.others.get(key, ()):
            if other.party not in there:
                yield other

    def _other(self, target: Target) -> Other:
        if isinstance(target, Plan):
            assert target.clean is not None  # noqa: S101
            return Other(target, target.record_id, name_of(target.clean), False)
        assert target is not None  # noqa: S101
        return Other(None, target.party.pk, target.party.name_key, target.card["mail_refused"])

    def _note(self, plan: Plan, other: Other) -> bool:
        """Note the refusal on one holder; return whether it is new and the user may know of it."""
        if other.plan is None and (other.refuses or other.party in self.before or other.party in self.noted):
            return False
        if planned := other.plan or self._planned(other.party or 0):
            return refuse(planned)
        self.noted.add(other.party or 0)
        plan.also_refuse.append(other.party or 0)
        return other.seen

    def _planned(self, party: int) -> Plan | None:
        """Return the plan of a record that the user sees; None for others."""
        if same := self.earlier.having(f"record|{party}"):
            return same[0]
        record = self.known.records.get(party)
        return self.placing.of_record(record, keys_of) if record else None


def refuse(plan: Plan) -> bool:
    """Make a planned record refuse; return whether it did not yet."""
    if plan.clean is None or plan.clean.standing["mail_refused"]:
        return False
    plan.clean.standing["mail_refused"], plan.changed = True, True
    if plan.record:
        plan.differences, plan.completed = differences(plan.record, plan.clean), True
    return True


def _is(other: Other, own: Target) -> bool:
    if isinstance(own, Plan):
        return other.plan is own or (own.record_id is not None and other.party == own.record_id)
    return own is not None and other.party == own.party.pk
