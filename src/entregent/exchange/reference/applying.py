"""Apply the changes that a sync planned, one step of records at a time, with a journal entry per record."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.parties.saving import Saving, differences
from entregent.actions.positions.organisations import close
from entregent.actions.standing.standing import settle
from entregent.directory.items.register import make_missing
from entregent.directory.models import Party, Position
from entregent.directory.parties.cards import Card, card_of
from entregent.directory.parties.cleaning import Clean, Cleaner
from entregent.directory.parties.reading import Record, records
from entregent.directory.positions.held import public
from entregent.exchange.applying import opened
from entregent.exchange.fields import letter
from entregent.exchange.messages import kept
from entregent.journal.deeds import CHANGED
from entregent.journal.telling import Telling

from . import places
from .comparing import clean_of
from .models import SyncChange
from .rows import Place

Deed, State = SyncChange.Deed, SyncChange.State


class Step:
    """One step of planned changes, inside the current transaction."""

    failed: SyncChange.State = State.REFUSED
    """What a change becomes that can't be applied."""

    def __init__(self, by: Actor, telling: Telling, planned: Sequence[SyncChange]) -> None:
        self.by, self.telling, self.planned = by, telling, planned
        self.saving = Saving(by, telling)
        self.cleaner = Cleaner(by.account)
        self.today: date = telling.today
        held = Party.objects.select_for_update(of=("self",), no_key=True).select_related("account")
        ids = [change.party_id for change in planned if change.party_id]
        self.records = records(held.filter(pk__in=ids).order_by("pk"))

    def run(self) -> None:
        """Apply the changes; each then says whether it is done, or why not."""
        given = [change.patch["place"] for change in self.planned if change.patch.get("place")]
        at = Party.objects.in_bulk({place["organisation"] for place in given})
        for change in self.planned:
            if (place := change.patch.get("place")) and place["organisation"] not in at:
                refuse(change, "sync_organisation")  # deleted meanwhile
        planned = [change for change in self.planned if change.state == State.PLANNED]
        self._add([change for change in planned if change.deed == Deed.ADDED], at)
        make_missing(self.by.account, "functions", [place["function"] for place in given])
        rest = [(change, self._fit(change)) for change in planned if change.deed != Deed.ADDED]
        wanted = [
            (change, record, clean_of(self.cleaner, record.party.kind, record, change.patch.get("card", {})))
            for change, record in rest
            if record
        ]
        settled = self._settle([(record, clean) for _, record, clean in wanted])
        for (change, record, _), clean in zip(wanted, settled, strict=True):
            self._write(change, record, clean, at)
        self.saving.finish()

    def _add(self, planned: list[SyncChange], at: dict[int, Party]) -> None:
        """Insert the new records; ones that someone else has added meanwhile are skipped."""
        if not planned:
            return
        kind = letter(planned[0].sync.kind)
        there = set(
            Party.objects.filter(kind=kind, binned_at=None, code__among=[change.code for change in planned])
            .values_list("code", flat=True)
        )  # fmt: skip
        for change in planned:
            if change.code in there:
                refuse(change, "sync_meanwhile")
        planned = [change for change in planned if change.state == State.PLANNED]
        given = [change.patch["card"] | {"code": change.code} for change in planned]
        settled = settle(self.by, [clean_of(self.cleaner, kind, None, card) for card in given])
        cleans = [one.clean for one in settled]
        self._place(planned, cleans, at)
        for change, clean, pk in zip(planned, cleans, self.saving.add(cleans), strict=True):
            change.party_id, change.state, change.name = pk, State.DONE, clean.name

    def _place(self, planned: list[SyncChange], cleans: list[Clean], at: dict[int, Party]) -> None:
        """Set the positions of new people, as ``Writer.create`` expects them."""
        for change, clean in zip(planned, cleans, strict=True):
            if place := change.patch.get("place"):
                organisation = at[place["organisation"]]
                clean.positions = [
                    _dated(place) | {
                        "organisation": organisation.pk, "organisation_name": organisation.name,
                        "organisation_public": public(organisation), "function": place["function"],
                    }
                ]  # fmt: skip

    def _fit(self, change: SyncChange) -> Record | None:
        """Return the record if it has not changed since it was compared; else refuse the change."""
        record = self.records.get(change.party_id) if change.party_id else None
        if record is None or record.party.version != change.version:
            refuse(change, "sync_meanwhile")
            return None
        return record

    def _settle(self, found: list[tuple[Record, Clean]]) -> list[Clean]:
        settled = settle(self.by, [clean for _, clean in found], [record for record, _ in found])
        return [one.clean for one in settled]

    def _write(self, change: SyncChange, record: Record, clean: Clean, at: dict[int, Party]) -> None:
        party = record.party
        told = differences(record, clean)
        change.before = {"card": _kept(record.card, change.patch.get("card", {}), party.kind)}
        if change.deed == Deed.RETIRED:
            told |= self._retire(change, record)
        elif "place" in change.patch and party.is_person:
            told |= self._move(change, record, at)
        if change.deed == Deed.BACK:
            gone = party.retired_at or party.binned_at
            change.before |= {"retired_at": places.iso(party.retired_at), "binned_at": places.iso(party.binned_at)}
            told["retired_at"] = [gone.date().isoformat() if gone else "", ""]
        values: dict[Any, dict[str, Any]] = {
            Deed.RETIRED: {"retired_at": self.telling.at},
            Deed.BACK: {"retired_at": None, "binned_at": None},
        }
        self.saving.write(record, clean, told, CHANGED, **values.get(Deed(change.deed), {}))
        change.changes, change.state, change.name = told, State.DONE, clean.name

    def _retire(self, change: SyncChange, record: Record) -> dict[str, list]:
        ending = places.leaving(record, self.today)
        told = places.left(ending)
        change.before["closed"] = [self._close(position) for position in ending]
        return told | {"retired_at": ["", self.today.isoformat()]}

    def _move(self, change: SyncChange, record: Record, at: dict[int, Party]) -> dict[str, list]:
        given = change.patch["place"]
        organisation = at.get(given["organisation"]) if given else None
        place = Place("", given["function"], **_dated(given)) if given else None
        step = places.step_for(record, place, organisation, self.today)
        if step.dates:
            position, wanted = step.dates
            change.before["dated"] = [position.pk, places.iso(position.since), places.iso(position.until)]
            position.since, position.until = wanted.since or position.since, wanted.until or position.until
            position.save(update_fields=["since", "until"])
        if step.closing:
            change.before["closed"] = [self._close(step.closing)]
        if (opening := step.opening) and step.organisation:
            position = opened(record, step.organisation, opening.function, opening.since, opening.until, self.today)
            position.save()
            record.positions.append(position)
            change.before["opened"] = [position.pk, places.iso(position.until)]
        if heir := places.keep_a_main(record, self.today):
            heir.save(update_fields=["main"])
            change.before["heir"] = heir.pk
        return step.changes

    def _close(self, position: Position) -> list[Any]:
        """End a position. Return the data to undo it: ``[id, until, main, new until]``."""
        before = [position.pk, places.iso(position.until), position.main]
        close(position, self.telling)
        return [*before, places.iso(position.until)]


def refuse(change: SyncChange, code: str, state: str = State.REFUSED) -> None:
    """Mark a change as not applied, with the reason."""
    change.state, change.problems = state, [kept("", code)]


def _kept(card: Card, patch: Card, kind: str) -> Card:
    """Return the previous values of the patched fields, as a patch that restores them."""
    kept = card_of({name: value for name, value in card.items() if name in patch})
    if kind == "p" and kept.get("emails"):
        kept["emails"] = [item | {"shared": True} for item in kept["emails"]]
    return kept


def _dated(place: dict[str, Any]) -> dict[str, date | None]:
    return {name: date.fromisoformat(place[name]) if place[name] else None for name in ("since", "until")}
