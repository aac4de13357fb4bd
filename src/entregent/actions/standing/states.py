"""Activate and deactivate records (E7, D4)."""

from collections.abc import Sequence

from entregent.accounts.actor import Actor
from entregent.actions.bulk.setting import change_each
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import undone_by
from entregent.directory.models import Party

from .deeds import ACTIVATED, DEACTIVATED


def activate(by: Actor, parties: Sequence[Party]) -> Outcome:
    """Activate parties. Raises ``PermissionDenied``."""
    return _set_active(by, parties, True)


def deactivate(by: Actor, parties: Sequence[Party]) -> Outcome:
    """Deactivate parties; their data is kept. Raises ``PermissionDenied``."""
    return _set_active(by, parties, False)


def _set_active(by: Actor, parties: Sequence[Party], active: bool) -> Outcome:
    deed = ACTIVATED if active else DEACTIVATED
    return change_each(by, parties, deed, "active", lambda party, at: ({"active": active}, [party.active, active]))


undone_by(ACTIVATED, deactivate)
undone_by(DEACTIVATED, activate)
