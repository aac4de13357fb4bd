"""The outcome of an action run on several parties."""

from dataclasses import dataclass, field

from entregent.directory.models import Party
from entregent.journal.telling import Telling


@dataclass(slots=True)
class Outcome:
    """The outcome of an action.

    ``done``: the changed parties; ``same``: how many needed no change; ``refused``: parties and reasons;
    ``undo``: the code of the tool that undoes it, with its data; None if it can't be undone.
    """

    done: list[Party] = field(default_factory=list)
    same: int = 0
    refused: list[tuple[Party, str]] = field(default_factory=list)
    undo: tuple[str, dict] | None = None


def from_journal(telling: Telling) -> tuple[str, dict] | None:
    """Return the ``undo`` of an action that is undone from its journal entry; None if it wrote none."""
    return ("undo", {"entry": telling.entry.pk}) if telling.entry else None
