"""What came of an action run on several parties."""

from dataclasses import dataclass, field

from entregent.directory.models import Party
from entregent.journal.telling import Telling


@dataclass(slots=True)
class Outcome:
    """``done``: the parties it was done to; ``same``: how many needed nothing; ``refused``: who and why.

    ``undo``: the code of the action that takes it back, with its data; None where nothing does.
    """

    done: list[Party] = field(default_factory=list)
    same: int = 0
    refused: list[tuple[Party, str]] = field(default_factory=list)
    undo: tuple[str, dict] | None = None


def from_journal(telling: Telling) -> tuple[str, dict] | None:
    """What takes a deed back by what the journal tells of it; None when nothing was told."""
    return ("undo", {"entry": telling.entry.pk}) if telling.entry else None
