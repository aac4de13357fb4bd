"""Write a journal entry, in the transaction of its action."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.directory.layers.layers import follow
from entregent.directory.models import Party
from entregent.store.bulk import Rows

from .changes import is_operators
from .deeds import CHANGED, Deed
from .models import NAME_LENGTH, NAMED, About, Entry

_ABOUT = "account_id entry_id party_id shown_as at deed version rank changes shared"


def new_entry(by: Actor, deed: Deed, at: datetime, data: dict[str, Any], note: str = "") -> Entry:
    """Write an entry without parties."""
    who = {"by_id": by.user_id, "by_name": by.name[:NAME_LENGTH], "door": by.door}
    return Entry.objects.create(account=by.account, deed=deed, at=at, note=note, data=data, **who)


class Telling:
    """Collects what an action did, then writes its entry. ``entry``: an existing entry to continue (an import's)."""

    def __init__(self, by: Actor, deed: Deed, at: datetime, entry: Entry | None = None) -> None:
        self.by, self.deed, self.at, self.entry = by, deed, at, entry
        self.note = ""
        self.data: dict[str, Any] = {}
        self.spoken = False
        self._abouts: list[tuple] = []
        self._touched: list[int] = []

    @property
    def today(self) -> date:
        """The date of the action in the account's time zone."""
        return timezone.localdate(self.at)

    def tell(self, party: Party, changes: dict[str, list] | None = None, deed: Deed | None = None) -> None:
        """Report that ``party`` is concerned, with its version and ``changes``: field → [old, new]."""
        self.tell_many([(party.pk, party.name, party.version, changes or {})], deed)
        self._touched.append(party.pk)

    def tell_many(self, rows: Sequence[tuple[int | None, str, int, dict]], deed: Deed | None = None) -> None:
        """Report many parties as (id, name, version, changes). The caller must set their ``last_action_at``."""
        self.spoken = True
        self._abouts += [(pk, name, deed or self.deed, version, changes) for pk, name, version, changes in rows]

    def say(self, **data: Any) -> None:
        """Add data to the entry that is not about a party, such as what its sentence names."""
        self.spoken = True
        self.data |= data

    def write(self) -> Entry | None:
        """Write and return the entry; None if nothing was reported."""
        if not self.spoken:
            return None
        first = 0
        if self.entry is not None:
            first = About.objects.filter(entry=self.entry, rank__lt=NAMED).count()
        else:
            self.entry = new_entry(self.by, self.deed, self.at, self.data, self.note)
        rows = Rows(About, _ABOUT)
        of_service = self.by.account.is_reference
        for rank, (pk, name, deed, version, changes) in enumerate(self._abouts, first):
            rows.add(
                self.by.account.pk, self.entry.pk, pk, name, self.at, str(deed), version, min(rank, NAMED), changes,
                of_service and not (deed == CHANGED and all(map(is_operators, changes))),
            )  # fmt: skip
        rows.insert()
        if of_service:
            follow([pk for pk, *_rest in self._abouts if pk is not None])
        if self._touched:
            Party.objects.filter(pk__in=self._touched).update(last_action_at=self.at)
        return self.entry
