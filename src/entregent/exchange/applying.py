"""Carry out plans, with the actions' own functions, inside the transaction of the step."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.parties.resembling import SEEMS_HIDDEN, resembling
from entregent.actions.parties.saving import Saving, differences
from entregent.actions.standing.relations import note_refusals
from entregent.directory.items.register import make_missing
from entregent.directory.models import Party, Position
from entregent.directory.parties.cards import reference
from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.reading import Record
from entregent.directory.positions.held import public, still_held
from entregent.journal.deeds import ATTACHED, CHANGED
from entregent.journal.telling import Telling
from entregent.kernel.text import fold

from .plans import Plan


def write(by: Actor, plans: Sequence[Plan], telling: Telling) -> list[int]:
    """Carry out the plans of one step; return the ids of the created records that have a row.

    Raises ``Conflict`` when a record has changed since it was planned.
    """
    saving = Saving(by, telling)
    new = [plan for plan in plans if plan.writes and plan.record is None]
    organisations = _add(saving, [plan for plan in new if plan.kind == "o"])
    places = [place for plan in plans if plan.writes and plan.clean for place in _places(plan, plan.clean)]
    _settle(places, organisations)
    people = _add(saving, [plan for plan in new if plan.kind == "p"])
    cleans = [plan.clean for plan in new if plan.clean]
    for plan, likeness in zip(new, resembling(by, cleans), strict=True):
        if likeness:
            plan.notes.append(SEEMS_HIDDEN)
    for plan in plans:
        for two in plan.compare:
            two["one_id"] = organisations.get(two.get("planned", plan.number))
            two["other_id"] = two["other_id"] or organisations.get(two.get("other_planned", 0))
        if plan.writes and plan.record and plan.clean:
            changed = dict(plan.differences) if plan.row else differences(plan.record, plan.clean)
            if plan.new_positions:
                changed |= _open_positions(by, plan, telling)
            if changed or plan.row:
                extra = plan.record.party.extra | {"vcard": plan.extra}
                saving.write(
                    plan.record, plan.clean, changed, CHANGED, **({"extra": extra} if plan.more_extra else {})
                )
    saving.finish()
    note_refusals(by, [pk for plan in plans for pk in plan.also_refuse], telling)
    return [
        made[plan.number] for plan in new if plan.listed for made in (organisations, people) if plan.number in made
    ]


def _places(plan: Plan, clean: Clean) -> list[dict[str, Any]]:
    return plan.new_positions if plan.record else clean.positions


def _add(saving: Saving, plans: Sequence[Plan]) -> dict[int, int]:
    """Add new records; return their ids by the numbers of their plans."""
    if not plans:
        return {}
    extras = [{"vcard": plan.extra} if plan.extra else {} for plan in plans]
    cleans = [plan.clean for plan in plans if plan.clean]
    return dict(zip([plan.number for plan in plans], saving.add(cleans, extras), strict=True))


def _settle(places: Sequence[dict[str, Any]], made: dict[int, int]) -> None:
    """Set the ids of the new organisations that positions are in."""
    wanted = [place for place in places if not place["organisation"]]
    found = Party.objects.in_bulk([made[place["planned"]] for place in wanted]) if wanted else {}
    for place in wanted:
        party = found[made[place["planned"]]]
        place["organisation"], place["organisation_name"] = party.pk, party.name
        place["organisation_public"] = public(party)


def _open_positions(by: Actor, plan: Plan, telling: Telling) -> dict[str, list]:
    """Add missing positions to a record; return the changes. Without a main one, the first current one becomes it."""
    record = plan.record
    assert record is not None  # noqa: S101
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
