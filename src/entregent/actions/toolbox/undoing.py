"""Taking a deed back («Annuler»), from what the journal keeps of it: each party gets back what it had.

What someone else changed since stays as they left it; a layer that the deed alone laid over a shared record, and
that holds nothing now, is taken off with it. Rooms above say how their deeds are taken back.
"""

from collections.abc import Callable, Sequence

from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.actions.frame import Course, taking_back
from entregent.actions.layers import layers
from entregent.actions.standing import relations, states
from entregent.actions.standing.standing import active_members
from entregent.actions.tags.tagging import retag
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import ContactStatus, Party
from entregent.directory.parties.cleaning import item_key, tag_key
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


@undoes(Deed.TAGGED, Deed.UNTAGGED)
def _undo_tags(by: Actor, undone: Undone) -> Outcome:
    put_on: dict[int, set[str]] = {}
    taken_off: dict[int, dict[str, str]] = {}
    for party, changes in undone:
        old, new = ({tag_key(name): name for name in names or []} for names in changes.get("tags", [[], []]))
        put_on[party.pk] = new.keys() - old.keys()
        taken_off[party.pk] = {key: old[key] for key in old.keys() - new.keys()}
    asked = {key: name for names in taken_off.values() for key, name in names.items()}
    deed = Deed.TAGGED if asked else Deed.UNTAGGED
    return retag(
        by,
        [party for party, _changes in undone],
        deed,
        asked,
        lambda party, held: (
            taken_off.get(party.pk, {}).keys() - held.keys(),
            put_on.get(party.pk, set()) & held.keys(),
        ),
    )


@undoes(Deed.ACTIVATED)
def _undo_activated(by: Actor, undone: Undone) -> Outcome:
    return states.deactivate(by, [party for party, _changes in undone])


@undoes(Deed.DEACTIVATED)
def _undo_deactivated(by: Actor, undone: Undone) -> Outcome:
    return states.activate(by, [party for party, _changes in undone])


@undoes(Deed.MAIL_REFUSED)
def _undo_refused(by: Actor, undone: Undone) -> Outcome:
    return relations.accept_mail(by, [party for party, _changes in undone])


@undoes(Deed.MAIL_ACCEPTED)
def _undo_accepted(by: Actor, undone: Undone) -> Outcome:
    return relations.refuse_mail(by, [party for party, _changes in undone])


@undoes(Deed.STATUS_CHANGED)
def _undo_status(by: Actor, undone: Undone) -> Outcome:
    """Back to the status of before; one that is no more, or was renamed, is refused for whom it concerns."""
    words = {name for _party, changes in undone for name in changes.get("status", []) if name}
    found = {
        status.key: status for status in ContactStatus.readable.filter(key__among={item_key(name) for name in words})
    }
    back: dict[int, ContactStatus | None] = {}
    refused = []
    for party, changes in undone:
        old, new = changes.get("status", ["", ""])
        if old and item_key(old) not in found:
            refused.append((party, Problem("status", "status_unknown", {"name": old}).message))
        elif _held(found, new) == party.status_id:
            back[party.pk] = found[item_key(old)] if old else None
    outcome = relations.set_status(
        by, [party for party, _changes in undone if party.pk in back], lambda party: back[party.pk]
    )
    outcome.same += len(undone) - len(back) - len(refused)
    outcome.refused += refused
    return outcome


def _held(found: dict[str, ContactStatus], name: str) -> int | None:
    return found[item_key(name)].pk if name and item_key(name) in found else None


@undoes(Deed.ASSIGNED)
def _undo_assigned(by: Actor, undone: Undone) -> Outcome:
    """Back to whom they were given before; whoever left the account since gets nothing back."""
    back: dict[int, int | None] = {}
    for party, changes in undone:
        old, new = (int(word[5:]) if word else None for word in changes.get("assigned_to", [None, None]))
        if new == party.assigned_to_id:
            back[party.pk] = old
    known = active_members({pk for pk in back.values() if pk})
    back = {party: pk if pk in known else None for party, pk in back.items()}
    outcome = relations.set_assigned(
        by, [party for party, _changes in undone if party.pk in back], lambda party: back[party.pk]
    )
    outcome.same += len(undone) - len(back)
    return outcome
