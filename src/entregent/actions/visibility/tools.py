"""The tool «Qui peut voir» (B3)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.actions.kinds import WRITE
from entregent.actions.toolbox.asks import Choice, Flag
from entregent.actions.toolbox.asks_named import Teams, Users
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import Data, offer
from entregent.directory.messages import Problem
from entregent.directory.models import Party
from entregent.journal.labels import VISIBILITY

from .visibility import show_to

WHO = (
    Choice("mode", _("Who can see them"), among=list(VISIBILITY.items())),
    Teams("teams", _("Teams"), required=False),
    Users("users", _("Individuals"), required=False),
)
"""The same choices as in the record's form."""


def visibility_of(data: Data) -> dict[str, object]:
    """Return the visibility, as in a card."""
    shared = data["mode"] == "shared"
    return {"mode": data["mode"], **{name: list(data.get(name, ())) if shared else [] for name in ("teams", "users")}}


def nobody_named(by: Actor, data: Data) -> list[Problem]:
    """Return a problem if the records are shared with teams or people and none is named."""
    alone = data["mode"] == "shared" and not (data["teams"] or data["users"])
    return [Problem("teams", "visibility_nobody")] if alone else []


def _show_to(by: Actor, parties: Sequence[Party], sure: bool = False, **who: Any) -> Outcome:
    return show_to(by, parties, visibility_of(who), sure)


offer(
    "visibility",
    rank=120,
    label=_("Who can see"),
    icon="eye",
    needs=WRITE,
    ask=(*WHO, Flag("sure", _("Even if I would no longer see the record"), required=False)),
    check=nobody_named,
    run=_show_to,
    of_record=True,
)
