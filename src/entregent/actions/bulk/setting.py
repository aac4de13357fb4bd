"""Set columns of many parties: one statement for all that get the same values."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from entregent.accounts.actor import Actor
from entregent.actions.frame import act, fresh_or_layer, twice_in_a_race
from entregent.actions.kinds import WRITE, needs
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.directory.models import Party
from entregent.journal.deeds import Deed
from entregent.journal.models import About
from entregent.journal.telling import Telling

Setting = tuple[Party, dict[str, Any], dict[str, list]]
"""A locked party, its new column values, and the changes for the journal."""
Change = Callable[[Party, datetime], tuple[dict[str, Any], list]]
"""Maps a party and the time to new column values, and to the old and new value for the journal."""


@twice_in_a_race
def change_each(
    by: Actor, parties: Sequence[Party], deed: Deed, field: str, change: Change, note: str = "", **data: Any
) -> Outcome:
    """Change one field of parties; shared records get a layer. ``data``: added to the entry.

    Raises ``PermissionDenied``.
    """
    with act(by, deed, *needs(WRITE, parties)) as telling:
        telling.note = note
        telling.data |= data
        held = fresh_or_layer(by, parties, telling.at)
        changes = [(party, *change(party, telling.at)) for party in held]
        settings = [(party, columns, {field: [old, new]}) for party, columns, (old, new) in changes if old != new]
        done = set_columns(settings, telling)
        unchanged = {party: old for party, _columns, (old, new) in changes if old == new}
        for party in _set_by_others(by, deed, list(unchanged)):
            telling.tell(party, {field: [unchanged[party], unchanged[party]]})
    return Outcome(done, same=len(held) - len(done), undo=from_journal(telling))


def _set_by_others(by: Actor, deed: Deed, parties: Sequence[Party]) -> list[Party]:
    """Return the parties that others have done this to: doing it again is told, so that their undo leaves it so."""
    told = (
        About.objects.filter(party__in=[party.pk for party in parties], deed=deed)
        if parties
        else About.objects.none()
    )
    others = set(told.exclude(entry__by=by.user_id).values_list("party", flat=True))
    return [party for party in parties if party.pk in others]


def set_columns(settings: Iterable[Setting], telling: Telling, deed: Deed | None = None) -> list[Party]:
    """Save the settings and record them in the journal: a few statements per distinct set of values.

    ``deed``: of these records, if it differs from the entry's.
    """
    alike: dict[str, tuple[dict[str, Any], list[int]]] = {}
    told, parties = [], []
    for party, values, changes in settings:
        key = json.dumps(values, default=str, sort_keys=True)
        alike.setdefault(key, (values, []))[1].append(party.pk)
        for name, value in values.items():
            setattr(party, name, value)
        party.version += 1
        told.append((party.pk, party.name, party.version, changes))
        parties.append(party)
    moment = {"updated_at": telling.at, "last_action_at": telling.at}
    for values, ids in alike.values():
        Party.objects.filter(pk__among=ids).update(**values, **moment, version=F("version") + 1)
    if told:
        telling.tell_many(told, deed)
    return parties
