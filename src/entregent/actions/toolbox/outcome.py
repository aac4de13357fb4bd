"""The outcome of an action run on several parties."""

from dataclasses import dataclass, field
from typing import Any

from entregent.directory.kinds import KINDS
from entregent.directory.models import Party
from entregent.journal.telling import Telling


@dataclass(slots=True)
class Outcome:
    """The outcome of an action.

    ``done``: the changed parties; ``same``: how many needed no change; ``refused``: parties and reasons;
    ``undo``: the code of the tool that undoes it, with its data; None if it can't be undone. Of announced parties,
    ``changed``: those that someone changed meanwhile; ``gone``: how many are no longer there.
    """

    done: list[Party] = field(default_factory=list)
    same: int = 0
    refused: list[tuple[Party, str]] = field(default_factory=list)
    undo: tuple[str, dict] | None = None
    changed: list[Party] = field(default_factory=list)
    gone: int = 0

    def data(self) -> dict[str, Any]:
        """Return it for a program: ids by kind instead of parties."""
        undo = self.undo if self.done else None
        return {
            **{kind.many: [party.pk for party in self.done if party.kind == kind.letter] for kind in KINDS.values()},
            "same": self.same,
            "refused": [{"id": party.pk, "reason": reason} for party, reason in self.refused],
            "changed": [party.pk for party in self.changed],
            "undo": {"code": undo[0], "data": undo[1]} if undo else None,
        }


def from_journal(telling: Telling) -> tuple[str, dict] | None:
    """Return the ``undo`` of an action that is undone from its journal entry; None if it wrote none."""
    return ("undo", {"entry": telling.entry.pk}) if telling.entry else None
