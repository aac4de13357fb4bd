"""Carry out plans, with the actions' own functions, inside the transaction of the step."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.parties.resembling import SEEMS_HIDDEN, resembling
from entregent.actions.parties.saving import Saving
from entregent.actions.positions.organisations import Key, Named, resolve
from entregent.directory.items.register import make_missing
from entregent.directory.models import Party, Position
from entregent.directory.parties.cards import reference
from entregent.directory.parties.reading import Record
from entregent.directory.positions.held import still_held
from entregent.journal.deeds import ATTACHED, CHANGED
from entregent.journal.telling import Telling
from entregent.kernel.text import fold

from .planning import Plan


def write(by: Actor, plans: Sequence[Plan], telling: Telling, organisations: dict[Key, Named]) -> list[int]:
    """Carry out the plans of one step; return the ids of the created records.

    Raises ``Conflict`` when a record has changed since it was planned.
    """
    new = [(plan, plan.clean) for plan in plans if plan.outcome == "created" and plan.clean]
    cleans = [clean for _, clean in new]
    resolve(by, [place for clean in cleans for place in clean.positions], telling, organisations)
    saving = Saving(by, telling)
    made: list[int] = []
    for kind in ("o", "p"):
        found = [(plan, clean) for plan, clean in new if clean.kind == kind]
        extras = [{"vcard": plan.row.card["extra"]} if plan.row.card.get("extra") else {} for plan, _ in found]
        made += saving.add([clean for _, clean in found], extras) if found else []
    for (plan, _), likeness in zip(new, resembling(by, cleans), strict=True):
        if likeness:
            plan.notes.append(SEEMS_HIDDEN)
    for plan in plans:
        if plan.outcome == "updated" and plan.record and plan.clean:
            changed = dict(plan.differences)
            if plan.new_positions:
                changed |= _open_positions(by, plan, telling)
            saving.write(plan.record, plan.clean, changed, CHANGED)
    saving.finish()
    return made


def _open_positions(by: Actor, plan: Plan, telling: Telling) -> dict[str, list]:
    """Add missing positions to a record; return the changes. Without a main one, the first current one becomes it."""
    record = plan.record
    assert record is not None  # noqa: S101
    resolve(by, plan.new_positions, telling)
    make_missing(by.account, "functions", [place["function"] for place in plan.new_positions])
    told: list[dict[str, Any]] = []
    for place in plan.new_positions:
        organisation = Party.readable.get(pk=place["organisation"])
        position = opened(record, organisation, place["function"], place["since"], place["until"], telling.today)
        position.save()
        record.positions.append(position)
        if place["organisation_public"]:
            told.append(reference(position.organisation_id, str(position)))
        else:  # if not everyone sees the organisation, it is recorded on the organisation only (B3)
            person = reference(record.party.pk, f"{position.function}, {record.party.name}".strip(", "))
            changed = {"position": ["", person]}
            telling.tell_many([(organisation.pk, organisation.name, organisation.version, changed)], ATTACHED)
    return {"position": [[], told]} if told else {}


def opened(
    record: Record, organisation: Party, function: str, since: date | None, until: date | None, today: date
) -> Position:
    """Return a new position of a person (unsaved); it is the main one if it is held and they have no other."""
    return Position(
        account_id=record.party.account_id,
        contact=record.party,
        organisation=organisation,
        function=function,
        function_key=fold(function)[:150],
        since=since,
        until=until,
        main=still_held(until, today) and not any(held.main for held in record.positions),
    )
