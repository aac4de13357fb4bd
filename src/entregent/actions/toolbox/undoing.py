"""Undo an action («Annuler») from its journal entry: each party gets its previous values back.

Values that someone else has changed since are left alone. A layer that only this action created, and that is empty
after the undo, is deleted. Actions register how their deeds are undone.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.actions.frame import Course, taking_back
from entregent.actions.layers import layers
from entregent.directory.messages import refuse
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


def undone_by(deed: Deed, opposite: Callable[[Actor, Sequence[Party]], Outcome]) -> None:
    """Register the opposite action, which undoes this deed."""
    undoes(deed)(lambda by, undone: opposite(by, [party for party, _changes in undone]))


def put_back(
    by: Actor,
    undone: Undone,
    field: str,
    now: Callable[[Party], Any],
    set_each: Callable[[Actor, list[Party], Callable[[Party], Any]], Outcome],
    meant: Callable[[Any], Any] = lambda old: old,
) -> Outcome:
    """Restore the old values of a field, unless they have been changed again since.

    ``now``: returns a party's present value as the journal tells it; ``set_each``: sets the value that its last
    argument returns for each party; ``meant``: turns an old value of the journal into such a value.
    """
    old = {party.pk: changes[field][0] for party, changes in undone if now(party) == changes[field][1]}
    same = [party for party, _changes in undone if party.pk in old]
    outcome = set_each(by, same, lambda party: meant(old[party.pk]))
    outcome.same += len(undone) - len(old)
    return outcome


def undo(by: Actor, parties: Sequence[Party], entry: int) -> Outcome:
    """Undo what an action of ``by`` did to these parties.

    Raises ``Invalid`` if the entry is someone else's or can't be undone, and whatever the opposite action raises.
    """
    found = undoable(by, entry)
    if found is None:
        refuse("entry", "not_undoable")
    own = _own(parties)
    told = About.objects.filter(entry=found, party__in=[party.pk for party in own])
    changes = dict(told.values_list("party", "changes"))
    concerned = [(party, changes[party.pk]) for party in own if party.pk in changes]
    back = taking_back(by, found)
    with transaction.atomic():
        outcome = UNDOERS[found.deed](back, concerned) if concerned else Outcome()
        outcome.done = layers.take_off_empty(outcome.done, {found.pk, *Course.of(back).told})
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
