"""Compare the file with the directory, one step of rows at a time, field by field (std C30)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.parties.saving import cleaned, differences
from entregent.actions.standing.standing import settle
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, blank, changes, merged, plain
from entregent.directory.parties.cleaning import Clean, Cleaner
from entregent.directory.parties.reading import Record, records
from entregent.exchange.fields import letter
from entregent.exchange.messages import all_kept, kept

from . import places
from .models import Sync, SyncChange
from .rows import Place, SyncRow, Told

Deed = SyncChange.Deed


class Comparer:
    """Compares rows of one sync with the records that they name. Writes nothing."""

    def __init__(self, by: Actor, sync: Sync, places_people: bool, by_code: bool, today: date) -> None:
        self.by, self.sync, self.today = by, sync, today
        self.letter = letter(sync.kind)
        self.places_people, self.by_code = places_people, by_code
        self.cleaner = Cleaner(by.account)

    def compare(self, rows: Sequence[SyncRow]) -> tuple[list[SyncChange], Counter[str]]:
        """Return the changes of these rows, none for unchanged ones, and how many there are of each deed.

        About ten queries in all.
        """
        same = records(with_codes(self.letter, [row.code for row in rows]))
        known: dict[str, list[Record]] = {}
        for record in same.values():
            known.setdefault(record.party.code, []).append(record)
        organisations = Organisations(self.by_code, [row.place for row in rows if row.place])
        planned = [self._one(row, known.get(row.code, []), organisations) for row in rows]
        self._settle(planned)
        found = [change for change, _clean, _record in planned]
        return [change for change in found if change.deed], Counter(change.deed or "unchanged" for change in found)

    def _one(
        self, row: SyncRow, same: list[Record], organisations: "Organisations"
    ) -> tuple[SyncChange, Clean | None, Record | None]:
        problems = list(row.problems)
        live = [record for record in same if not record.party.in_bin]
        if len(live) > 1:
            problems.append(kept("code", "sync_two_records", count=len(live)))
        record = live[0] if live else same[-1] if same else None
        organisation = organisations.get(row.place)
        if row.place and organisation is None:
            problems.append(kept("organisation_code", "sync_organisation"))
        change = SyncChange(account_id=self.sync.account_id, sync=self.sync, code=row.code, line=row.line)
        if record:
            change.party, change.version, change.name = record.party, record.party.version, record.party.name
        clean = self._cleaned(record, row.patch | {"code": row.code}, problems)
        if problems or clean is None:
            change.deed, change.problems = Deed.REJECTED, problems
            change.name = change.name or _name_of(row.patch)
            return change, None, record
        change.patch = {"card": row.patch}
        step = places.Step()
        if self.places_people:
            bare = record or Record(Party(account_id=self.sync.account_id), {})
            step = places.step_for(bare, row.place, organisation, self.today)
            change.patch["place"] = _stored(row.place, organisation)
        change.name, change.changes = clean.name, step.changes
        return change, clean, record

    def _cleaned(self, record: Record | None, patch: Card, problems: list[Told]) -> Clean | None:
        try:
            return clean_of(self.cleaner, self.letter, record, patch)
        except Invalid as invalid:
            problems += all_kept(invalid.problems)
            return None

    def _settle(self, planned: list[tuple[SyncChange, Clean | None, Record | None]]) -> None:
        """Set the outcome of each change, after looking up skills and families."""
        live = [(change, clean, record) for change, clean, record in planned if clean]
        settled = settle(self.by, [clean for _, clean, _ in live], [record for _, _, record in live])
        for (change, _, record), (clean, problems) in zip(live, settled, strict=True):
            if problems:
                change.deed = Deed.REJECTED
                change.problems = all_kept(problems)
                continue
            told = differences(record, clean) if record else changes({}, plain(clean.card()))
            change.changes = told | change.changes
            if record is None:
                change.deed = Deed.ADDED
            elif record.party.retired_at or record.party.in_bin:
                gone = record.party.retired_at or record.party.binned_at
                change.deed = Deed.BACK
                change.changes["retired_at"] = [gone.date().isoformat() if gone else "", ""]
            elif change.changes:
                change.deed = Deed.CHANGED


class Organisations:
    """The organisations that positions name, by code, or by name if it is unique. One query."""

    def __init__(self, by_code: bool, named: Sequence[Place]) -> None:
        column = "code" if by_code else "name_key"
        wanted = {place.organisation for place in named}
        self.known: dict[str, Party | None] = {}
        found = Party.objects.filter(kind="o", binned_at=None, **{f"{column}__among": wanted}).exclude(**{column: ""})
        for party in found if wanted else ():
            key = getattr(party, column)
            self.known[key] = None if key in self.known else party

    def get(self, place: Place | None) -> Party | None:
        """Return the organisation of a position; None if it is unknown or ambiguous."""
        return self.known.get(place.organisation) if place else None


def with_codes(letter: str, codes: Sequence[str]) -> list[Party]:
    """Return the records with one of these codes, those in the bin first: a sync restores them."""
    # Excluding "" lets SQLite use its partial index of codes.
    found = Party.objects.filter(kind=letter, code__among=[code for code in codes if code]).exclude(code="")
    return sorted(found, key=lambda party: (not party.in_bin, party.pk))


def plan_leaving(sync: Sync, parties: Sequence[Party], today: date) -> list[SyncChange]:
    """Plan to mark the people whom a complete file no longer names, and end their positions; nothing is deleted."""
    return [_leaving(sync, record, today) for record in records(parties).values()]


def _leaving(sync: Sync, record: Record, today: date) -> SyncChange:
    party = record.party
    ending = places.left(places.leaving(record, today))
    return SyncChange(
        account_id=sync.account_id, sync=sync, deed=Deed.RETIRED, party=party, version=party.version,
        code=party.code, name=party.name, changes=ending | {"retired_at": ["", today.isoformat()]},
    )  # fmt: skip


def clean_of(cleaner: Cleaner, letter: str, record: Record | None, patch: Card) -> Clean:
    """Return the cleaned card of a record changed by a row; tags keep their spelling. Raises ``Invalid``."""
    if record:
        return cleaned(cleaner, record, patch)
    return cleaner.clean(letter, merged(blank(letter, cleaner.account.language), patch))


def _stored(place: Place | None, organisation: Party | None) -> dict[str, Any] | None:
    if place is None or organisation is None:
        return None
    return {
        "organisation": organisation.pk,
        "function": place.function,
        "since": places.iso(place.since),
        "until": places.iso(place.until),
    }


def _name_of(patch: Card) -> str:
    name = patch.get("name") or f"{patch.get('first_name') or ''} {patch.get('last_name') or ''}"
    return " ".join(str(name).split())[:310]
