"""Activate and deactivate records (E7, D4)."""

from collections.abc import Sequence

from entregent.accounts.actor import Actor
from entregent.actions.bulk.setting import set_columns
from entregent.actions.frame import act, fresh_or_layer, twice_in_a_race
from entregent.actions.kinds import WRITE, needs
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.directory.models import Party
from entregent.journal.deeds import Deed

from .deeds import ACTIVATED, DEACTIVATED


def activate(by: Actor, parties: Sequence[Party]) -> Outcome:
    """Activate parties. Raises ``PermissionDenied``."""
    return _set_active(by, parties, True, ACTIVATED)


def deactivate(by: Actor, parties: Sequence[Party]) -> Outcome:
    """Deactivate parties; their data is kept. Raises ``PermissionDenied``."""
    return _set_active(by, parties, False, DEACTIVATED)


@twice_in_a_race
def _set_active(by: Actor, parties: Sequence[Party], active: bool, deed: Deed) -> Outcome:
    outcome = Outcome()
    with act(by, deed, *needs(WRITE, parties)) as telling:
        held = fresh_or_layer(by, parties, telling.at)
        changing = [party for party in held if party.active != active]
        outcome.same = len(held) - len(changing)
        told = {"active": [not active, active]}
        outcome.done = set_columns(((party, {"active": active}, told) for party in changing), telling)
    outcome.undo = from_journal(telling)
    return outcome
