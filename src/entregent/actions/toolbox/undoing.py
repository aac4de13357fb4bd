"""Undo an action («Annuler») from its journal entry: each party gets its previous values back.

Values that someone else has changed since are left alone. A layer that only this action created, and that is empty
after the undo, is deleted. Rooms register how their deeds are undone in ``undoing.py``.
"""

from collections.abc import Callable, Sequence

from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.actions.frame import Course, taking_back
from entregent.actions.layers import layers
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.journal.deeds import Deed
from entregent.journal.models import About, Entry

from .outcome import Outcome

Changes = dict[str, list]
Undone = Sequence[tuple[Party, Changes]]
Undo = Callable[[Actor, Undone], Outcome]
UNDOERS: dict[str, Undo] = {}


def undoes(*deeds: Deed) -> Callable[[Undo], Undo]:
    """Decorate the function that undoes these deeds."""

    def register(function: Undo) -> Undo:
        UNDOERS.update(dict.fromkeys(deeds, function))
        return function

    return register


def undo(by: Actor, parties: Sequence[Party], entry_id: int) -> Outcome:
    """Undo what an action of ``by`` did to these parties.

    Raises ``Invalid`` if the entry is someone else's or can't be undone, and whatever the opposite action raises.
    """
    entry = undoable(by, entry_id)
    if entry is None:
        raise Invalid([Problem("entry", "not_undoable")])
    own = _own(parties)
    told = About.objects.filter(entry=entry, party__in=[party.pk for party in own])
    changes = dict(told.values_list("party", "changes"))
    concerned = [(party, changes[party.pk]) for party in own if party.pk in changes]
    back = taking_back(by, entry)
    with transaction.atomic():
        outcome = UNDOERS[entry.deed](back, concerned) if concerned else Outcome()
        outcome.done = layers.take_off_empty(outcome.done, {entry.pk, *Course.of(back).told})
    outcome.same += len(parties) - len(concerned)
    outcome.undo = None
    return outcome


def _own(parties: Sequence[Party]) -> list[Party]:
    """Replace shared records by the account's layers, which the action was done to; leave out those without one."""
    shared = [party.pk for party in parties if party.of_service and not party.is_layer]
    over = Party.objects.filter(base__among=shared) if shared else ()
    return list({party.pk: party for party in (*parties, *over) if party.pk not in shared}.values())


def undoable(by: Actor, entry_id: int | None) -> Entry | None:
    """Return the entry if ``by`` is its author and it can be undone, else None."""
    if not entry_id or by.user_id is None:
        return None
    return Entry.objects.filter(pk=entry_id, by=by.user_id, deed__in=list(UNDOERS)).first()
