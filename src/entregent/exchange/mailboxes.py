"""Settle who keeps an e-mail address that two people give (D2).

Whoever has it first keeps it, and the refusal of whoever gives it (``refusing``). The other comes in without it: the
report tells the value and whose it is, and the notes keep it; the address of a role («mairie@») goes to the
organisation instead. If the user says «Adresse partagée», or said so of the first holder, both have it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.cleaning_ways import Way
from entregent.directory.parties.reading import Record
from entregent.kernel.emails import is_role

from .earlier import Earlier
from .plans import Aside, Plan
from .recognising import HIDDEN, Known, name_of, same_name

Target = Plan | Record | None
"""What a row is about: an earlier row's record, an existing one, or a new one."""


class Holding(NamedTuple):
    """Someone who has an address: an earlier row, an existing record, or one that the user can't see (None)."""

    target: Target
    name: str
    name_key: str
    exclusive: bool
    code: str
    party: int | None


class Mailboxes:
    """Who has which address, among the existing records and the rows planned so far."""

    def __init__(self, known: Known, earlier: Earlier, shared: bool) -> None:
        self.known, self.earlier, self.shared = known, earlier, shared

    def holding(self, key: str) -> list[Holding]:
        """Return who has an address, those who had it first first."""
        found = [
            Holding(
                self._target(holder.party), holder.name, holder.name_key, holder.exclusive, holder.code, holder.party
            )
            for holder in self.known.holders.get(key, ())
        ]
        there = {id(holding.target) for holding in found}
        for plan in self.earlier.having(f"email|{key}"):
            if plan.clean and id(plan) not in there:
                exclusive = not any(way.shared for way in plan.clean.emails if way.key == key)
                code, party = "email_taken", plan.record_id
                found.append(Holding(plan, plan.shown_name, name_of(plan.clean), exclusive, code, party))
        return found

    def _target(self, party: int) -> Target:
        record = self.known.records.get(party)
        planned = self.earlier.having(f"record|{party}")
        return planned[0] if record and planned else record

    def own(self, clean: Clean) -> list[Way]:
        """Return the addresses of a row by which its person may be recognised: nobody else's."""
        name = name_of(clean)
        found = []
        for way in clean.emails:
            held = self.holding(way.key)
            if not held or any(one.target and same_name(name, one.name_key) for one in held):
                found.append(way)
        return found

    def named(self, clean: Clean, way: Way) -> Target:
        """Return who has an address and the row's name."""
        name = name_of(clean)
        return next(
            (one.target for one in self.holding(way.key) if one.target and same_name(name, one.name_key)), None
        )

    def settle(self, plan: Plan, clean: Clean, target: Target) -> list[Way]:
        """Take out of a row the addresses that someone else keeps; return those for its organisation."""
        for_organisation = []
        for way in clean.emails:
            others = [one for one in self.holding(way.key) if one.target is None or one.target is not target]
            holder = next((one for one in others if one.exclusive), None)
            if (others and len(others) < len(self.holding(way.key))) or not others:
                continue  # it is theirs already
            if holder is None or self.shared:
                way.shared = True
                plan.notes.append("shared_mailbox")
                continue
            clean.channels.remove(way)
            if is_role(way.key) and clean.positions:
                for_organisation.append(way)
                plan.notes.append("address_of_organisation")
            else:
                plan.asides.append(_aside(holder, way))
        return for_organisation


def _aside(holder: Holding, way: Way) -> Aside:
    if holder.code == HIDDEN:
        return Aside("email", HIDDEN, {}, way.value)
    params: dict[str, Any] = {"name": holder.name} | ({"id": holder.party} if holder.party else {})
    return Aside("email", "email_kept" if holder.code == "email_taken" else "email_kept_bin", params, way.value)


def give(organisation: Clean, ways: Sequence[Way]) -> bool:
    """Add addresses to an organisation's card; return whether it lacked one."""
    held = {way.key for way in organisation.emails}
    fresh = [way for way in ways if way.key not in held]
    organisation.channels = [*fresh, *organisation.channels] if not held else [*organisation.channels, *fresh]
    return bool(fresh)
