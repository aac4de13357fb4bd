"""Undo changes of activation, refusal of mailings, status and assignment."""

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import Undone, undoes
from entregent.directory.messages import Problem
from entregent.directory.models import ContactStatus
from entregent.directory.parties.cleaning import item_key

from . import relations, states
from .deeds import ACTIVATED, ASSIGNED, DEACTIVATED, MAIL_ACCEPTED, MAIL_REFUSED, STATUS_CHANGED
from .standing import active_members


@undoes(ACTIVATED)
def _undo_activated(by: Actor, undone: Undone) -> Outcome:
    return states.deactivate(by, [party for party, _changes in undone])


@undoes(DEACTIVATED)
def _undo_deactivated(by: Actor, undone: Undone) -> Outcome:
    return states.activate(by, [party for party, _changes in undone])


@undoes(MAIL_REFUSED)
def _undo_refused(by: Actor, undone: Undone) -> Outcome:
    return relations.accept_mail(by, [party for party, _changes in undone])


@undoes(MAIL_ACCEPTED)
def _undo_accepted(by: Actor, undone: Undone) -> Outcome:
    return relations.refuse_mail(by, [party for party, _changes in undone])


@undoes(STATUS_CHANGED)
def _undo_status(by: Actor, undone: Undone) -> Outcome:
    """Restore the previous status; records whose status was deleted or renamed since are refused."""
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


@undoes(ASSIGNED)
def _undo_assigned(by: Actor, undone: Undone) -> Outcome:
    """Restore the previous assignment; records whose user has left the account since are refused."""
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
