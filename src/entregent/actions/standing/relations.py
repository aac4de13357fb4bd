"""Change status (E10), assignment (E12) and refusal of mailings (A3) of one or many contacts.

These belong to the account: a shared record gets a layer."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.bulk.setting import change_each, set_columns
from entregent.actions.frame import fresh_or_layer
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import Undone, put_back, undoes, undoing, undone_by
from entregent.directory.messages import Problem
from entregent.directory.models import ContactStatus, Party
from entregent.directory.parties.cleaning import item_key
from entregent.journal.models import Entry
from entregent.journal.telling import Telling

from .deeds import ASSIGNED, MAIL_ACCEPTED, MAIL_REFUSED, STATUS_CHANGED
from .standing import active_members, check_member, columns_of, status_named


def give_status(by: Actor, parties: Sequence[Party], status: str, note: str = "") -> Outcome:
    """Set the status of parties by its name; ``""`` removes it. Raises ``Invalid``, ``PermissionDenied``."""
    wanted = status_named(by, status)
    return set_status(by, parties, lambda party: wanted, note)


def set_status(
    by: Actor, parties: Sequence[Party], wanted: Callable[[Party], ContactStatus | None], note: str = ""
) -> Outcome:
    """Set the status of each party to the one that ``wanted`` returns for it."""
    names = _status_names()
    ids = {name: pk for pk, name in names.items()}

    def change(party: Party, at: datetime) -> tuple[dict[str, Any], list]:
        status = wanted(party)
        return columns_of(status), [names.get(party.status_id, ""), status.name if status else ""]

    return change_each(by, parties, STATUS_CHANGED, "status", change, note, statuses=ids)


def _status_names() -> dict[int | None, str]:
    return dict(ContactStatus.readable.values_list("pk", "name"))


@undoes(STATUS_CHANGED)
def _undo_status(by: Actor, undone: Undone) -> Outcome:
    """Restore the previous status, under its present name; where it was deleted since, the record is refused."""
    found = _statuses_then(undoing(by), {changes["status"][0] for _party, changes in undone})
    lost = {party: name for party, changes in undone if (name := changes["status"][0]) and name not in found}
    kept = [(party, changes) for party, changes in undone if party not in lost]
    outcome = put_back(by, kept, "status", set_status, found.get)
    for party, name in lost.items():
        outcome.refused.append((party, Problem("status", "status_unknown", {"name": name}).message))
    return outcome


def _statuses_then(entry: Entry, names: set[str]) -> dict[str, ContactStatus]:
    """Return the statuses that had these names when the entry was written; of earlier versions, that have them."""
    ids = entry.data.get("statuses")
    if ids is None:
        keys = {item_key(name): name for name in names}
        return {keys[one.key]: one for one in ContactStatus.readable.filter(key__among=keys)}
    there = ContactStatus.readable.in_bulk([ids[name] for name in names if name in ids])
    return {name: there[ids[name]] for name in names if ids.get(name) in there}


def assign(by: Actor, parties: Sequence[Party], assigned_to: int | None, note: str = "") -> Outcome:
    """Assign parties to an active user, or to nobody (None). Raises ``Invalid``, ``PermissionDenied``."""
    check_member(assigned_to)
    return _set_assigned(by, parties, lambda party: assigned_to, note)


def _set_assigned(
    by: Actor, parties: Sequence[Party], wanted: Callable[[Party], int | None], note: str = ""
) -> Outcome:
    def change(party: Party, at: datetime) -> tuple[dict[str, Any], list]:
        return {"assigned_to_id": wanted(party)}, [_user(party.assigned_to_id), _user(wanted(party))]

    return change_each(by, parties, ASSIGNED, "assigned_to", change, note)


def _user(pk: int | None) -> str | None:
    return f"user:{pk}" if pk else None


@undoes(ASSIGNED)
def _undo_assigned(by: Actor, undone: Undone) -> Outcome:
    """Restore the previous assignment; a user who has left the account since is replaced by nobody."""
    before = {changes["assigned_to"][0] for _party, changes in undone} - {None}
    known = {_user(pk): pk for pk in active_members({int(word.removeprefix("user:")) for word in before})}
    return put_back(by, undone, "assigned_to", _set_assigned, known.get)


def refuse_mail(by: Actor, parties: Sequence[Party], note: str = "") -> Outcome:
    """Record a refusal of mailings («Refus de mail»): parties no longer get the account's mailings."""
    return _set_refusal(by, parties, True, note)


def accept_mail(by: Actor, parties: Sequence[Party], note: str = "") -> Outcome:
    """Lift the refusal of mailings, at the contact's own request."""
    return _set_refusal(by, parties, False, note)


def _set_refusal(by: Actor, parties: Sequence[Party], refused: bool, note: str) -> Outcome:
    def change(party: Party, at: datetime) -> tuple[dict[str, Any], list]:
        return {"mail_refused_at": at if refused else None}, [party.mail_refused_at is not None, refused]

    return change_each(by, parties, MAIL_REFUSED if refused else MAIL_ACCEPTED, "mail_refused", change, note)


def note_refusals(by: Actor, ids: Sequence[int], telling: Telling) -> None:
    """Record refusals of mailings within another action: an import's, whose rows tell them of these records.

    A refusal is the law's, so it is recorded whether ``by`` may see the record or not.
    """
    held = fresh_or_layer(by, list(Party.readable.filter(pk__in=ids)), telling.at) if ids else []
    accepting = [party for party in held if party.mail_refused_at is None]
    refused = {"mail_refused_at": telling.at}
    set_columns([(party, refused, {"mail_refused": [False, True]}) for party in accepting], telling, MAIL_REFUSED)


undone_by(MAIL_REFUSED, accept_mail)
undone_by(MAIL_ACCEPTED, refuse_mail)
