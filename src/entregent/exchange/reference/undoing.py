"""«Annuler cette synchronisation»: restore each record, unless somebody has changed it since."""

from datetime import date, datetime
from typing import Any

from entregent.actions.parties.saving import differences
from entregent.actions.toolbox.undoing import done_since
from entregent.directory.models import Position
from entregent.directory.parties.cards import plain
from entregent.directory.parties.reading import Record
from entregent.journal.deeds import BINNED, CHANGED
from entregent.journal.models import About

from .applying import Step, refuse
from .comparing import clean_of
from .models import Sync, SyncChange

Deed, State = SyncChange.Deed, SyncChange.State
_NOT_OF_THE_CARD = frozenset({"organisation", "function", "since", "until", "retired_at"})


class Undo(Step):
    """One step of changes to undo."""

    failed = State.KEPT

    def run(self) -> None:
        """Undo the changes of records that are as the sync left them; mark the others as kept."""
        fitting, since = [], self._done_since()
        for change in self.planned:
            record = self.records.get(change.party_id) if change.party_id else None
            if record is None or since.get(change.party_id) or not _as_left(change, record):
                refuse(change, "sync_since", State.KEPT)
            elif change.deed == Deed.ADDED:
                self._bin(change, record)
            else:
                card = change.before.get("card", {})
                fitting.append((change, record, clean_of(self.cleaner, record.party.kind, record, card)))
        settled = self._settle([(record, clean) for _, record, clean in fitting])
        for (change, record, _), clean in zip(fitting, settled, strict=True):
            told = differences(record, clean) | self._reverse(change, record)
            self.saving.write(record, clean, told, CHANGED, **_values(change))
            change.state = State.UNDONE
        self.saving.finish()

    def _done_since(self) -> dict[int | None, About | None]:
        """Return what was done to the same things since the sync: it may have left the same values."""
        entry = self.planned[0].sync.entry if self.planned else None
        if entry is None:
            return {}
        told = About.objects.filter(entry=entry, party__in=list(self.records))
        undone = Sync.objects.exclude(undo_entry=None).exclude(entry=None).values_list("undo_entry", "entry")
        return done_since(entry, list(told), but=self.telling.entry, undone=dict(undone))

    def _bin(self, change: SyncChange, record: Record) -> None:
        """Put an added record in the bin, from which the operator can restore it."""
        self.saving.writer.touch(record.party, {"binned_at": self.telling.at, "binned_by_id": self.by.user_id})
        party = record.party
        self.telling.tell_many([(party.pk, party.name, party.version, {})], BINNED)
        if not party.is_person:
            self.saving.shown_elsewhere.append(party.pk)
        change.state = State.UNDONE

    def _reverse(self, change: SyncChange, record: Record) -> dict[str, list]:
        """Restore the positions; return the sync's changes reversed, for the journal."""
        before, mine = change.before, {position.pk: position for position in record.positions}
        if heir := mine.get(before.get("heir")):
            heir.main = False
            Position.objects.filter(pk=heir.pk).update(main=False)
        if "opened" in before:
            gone = mine[before["opened"][0]]
            record.positions.remove(gone)
            gone.delete()
        for pk, until, main, _day in before.get("closed", ()):
            mine[pk].until, mine[pk].main = _date(until), main
            Position.objects.filter(pk=pk).update(until=_date(until), main=main)
        if "dated" in before:
            pk, since, until = before["dated"]
            mine[pk].since, mine[pk].until = _date(since), _date(until)
            Position.objects.filter(pk=pk).update(since=_date(since), until=_date(until))
        return {name: pair[::-1] for name, pair in change.changes.items() if name in _NOT_OF_THE_CARD}


def _values(change: SyncChange) -> dict[str, Any]:
    if change.deed == Deed.RETIRED:
        return {"retired_at": None}
    if change.deed == Deed.BACK:
        return {name: _moment(change.before.get(name)) for name in ("retired_at", "binned_at")}
    return {}


def _as_left(change: SyncChange, record: Record) -> bool:
    """Whether all that the sync changed in the record is still as the sync left it."""
    party = record.party
    now = plain(record.card)
    fields = {name: pair[1] for name, pair in change.changes.items() if name not in _NOT_OF_THE_CARD}
    if party.in_bin or bool(party.retired_at) != (change.deed == Deed.RETIRED):
        return False
    if any(_folded(now.get(name)) != _folded(value) for name, value in fields.items()):
        return False
    if change.deed == Deed.ADDED:
        return len(record.positions) <= 1  # the position it was added with
    ends = {position.pk: position.until for position in record.positions}
    ours = {change.before.get("heir"), *change.before.get("opened", ())[:1]}
    if any(main for _pk, _until, main, _day in change.before.get("closed", ())) and any(
        position.main and position.pk not in ours for position in record.positions
    ):
        return False  # another has become the main place since
    stood = [(pk, day) for pk, _until, _main, day in change.before.get("closed", ())]
    if "opened" in change.before:
        stood.append(tuple(change.before["opened"]))
    if "dated" in change.before and change.before["dated"][0] not in ends:
        return False
    return all(pk in ends and ends[pk] == _date(day) for pk, day in stood)


def _folded(value: Any) -> Any:
    """Return a journal value to compare: all empty values are equal, tags ignore case."""
    if isinstance(value, list):
        return sorted(str(item).casefold() for item in value) or None
    return value or None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
