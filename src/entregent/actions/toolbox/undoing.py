"""Taking a deed back («Annuler»), from what the journal keeps of it: each party gets back what it had.

What someone else changed since stays as they left it; a layer that the deed alone laid over a shared record, and
that holds nothing now, is taken off with it. Rooms say in their ``undoing.py`` how their deeds are taken back.
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
    """Register what takes these deeds back."""

    def register(function: Undo) -> Undo:
        UNDOERS.update(dict.fromkeys(deeds, function))
        return function

    return register


def undo(by: Actor, parties: Sequence[Party], entry_id: int) -> Outcome:
    """Take back what a deed of ``by`` did to these parties.

    Raises ``Invalid`` when the deed is another's or can't be taken back, and whatever the opposite deed raises.
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
    """What a deed was done to: over a shared record the account's layer. Where none is left nothing is to undo."""
    shared = [party.pk for party in parties if party.of_service and not party.is_layer]
    over = Party.objects.filter(base__among=shared) if shared else ()
    return list({party.pk: party for party in (*parties, *over) if party.pk not in shared}.values())


def undoable(by: Actor, entry_id: int | None) -> Entry | None:
    """The entry, if it is a deed of ``by`` that can be taken back."""
    if not entry_id or by.user_id is None:
        return None
    return Entry.objects.filter(pk=entry_id, by=by.user_id, deed__in=list(UNDOERS)).first()
