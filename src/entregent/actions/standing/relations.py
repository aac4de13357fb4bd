"""Change status (E10), assignment (E12) and refusal of mailings (A3) of one or many contacts.

These belong to the account: a shared record gets a layer."""

from collections.abc import Callable, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.bulk.setting import Setting, set_columns
from entregent.actions.frame import act, fresh_or_layer, twice_in_a_race
from entregent.actions.kinds import WRITE, needs
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.directory.models import ContactStatus, Party
from entregent.journal.deeds import Deed
from entregent.journal.telling import Telling

from .deeds import ASSIGNED, MAIL_ACCEPTED, MAIL_REFUSED, STATUS_CHANGED
from .standing import check_member, columns_of, status_named

Wanted = Callable[[Party], Any]


def give_status(by: Actor, parties: Sequence[Party], name: str, note: str = "") -> Outcome:
    """Set the status of parties by its name; ``""`` removes it. Raises ``Invalid``, ``PermissionDenied``."""
    status = status_named(by, name)
    return set_status(by, parties, lambda party: status, note)


def assign(by: Actor, parties: Sequence[Party], user_id: int | None, note: str = "") -> Outcome:
    """Assign parties to an active user, or to nobody (None). Raises ``Invalid``, ``PermissionDenied``."""
    check_member(user_id)
    return set_assigned(by, parties, lambda party: user_id, note)


def refuse_mail(by: Actor, parties: Sequence[Party], note: str = "") -> Outcome:
    """Record a refusal of mailings («Refus de mail»): parties no longer get the account's mailings."""
    return set_refusal(by, parties, True, note)


def accept_mail(by: Actor, parties: Sequence[Party], note: str = "") -> Outcome:
    """Lift the refusal of mailings, at the contact's own request."""
    return set_refusal(by, parties, False, note)


def set_status(by: Actor, parties: Sequence[Party], wanted: Wanted, note: str = "") -> Outcome:
    """Set the status of each party to the one that ``wanted`` returns for it."""

    def settings(held: list[Party], telling: Telling) -> list[Setting]:
        names = dict(
            ContactStatus.readable.filter(pk__in={each.status_id for each in held}).values_list("pk", "name")
        )
        found = []
        for party in held:
            status = wanted(party)
            if party.status_id != (status.pk if status else None):
                told = [names.get(party.status_id or 0, ""), status.name if status else ""]
                found.append((party, columns_of(status), {"status": told}))
        return found

    return _change(by, parties, STATUS_CHANGED, settings, note)


def set_assigned(by: Actor, parties: Sequence[Party], wanted: Wanted, note: str = "") -> Outcome:
    """Assign each party to the user whose id ``wanted`` returns for it."""

    def settings(held: list[Party], telling: Telling) -> list[Setting]:
        return [
            (
                party,
                {"assigned_to_id": wanted(party)},
                {"assigned_to": [_user(party.assigned_to_id), _user(wanted(party))]},
            )
            for party in held
            if party.assigned_to_id != wanted(party)
        ]

    return _change(by, parties, ASSIGNED, settings, note)


def set_refusal(by: Actor, parties: Sequence[Party], refused: bool, note: str = "") -> Outcome:
    """Set or lift the refusal of mailings of parties."""

    def settings(held: list[Party], telling: Telling) -> list[Setting]:
        values = {"mail_refused_at": telling.at if refused else None}
        told = {"mail_refused": [not refused, refused]}
        return [(party, values, told) for party in held if (party.mail_refused_at is not None) != refused]

    return _change(by, parties, MAIL_REFUSED if refused else MAIL_ACCEPTED, settings, note)


@twice_in_a_race
def _change(
    by: Actor,
    parties: Sequence[Party],
    deed: Deed,
    settings: Callable[[list[Party], Telling], list[Setting]],
    note: str,
) -> Outcome:
    with act(by, deed, *needs(WRITE, parties)) as telling:
        telling.note = note
        held = fresh_or_layer(by, parties, telling.at)
        done = set_columns(settings(held, telling), telling)
    return Outcome(done, same=len(held) - len(done), undo=from_journal(telling))


def _user(pk: int | None) -> str | None:
    return f"user:{pk}" if pk else None
