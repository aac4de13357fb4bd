"""What imports and syncs have in common: long runs over the rows of a file."""

from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem
from entregent.runs.uses import SENTENCES, Use

from . import intake
from .messages import UNREADABLE
from .source import SourceFile

F = TypeVar("F", bound=SourceFile)
REFUSALS = "refusals."
"""Prefix of what is still to be answered about refusals of mailings, among the names of missing targets."""


class FileUse(Use[F]):
    """A use whose runs read a file."""

    sentences = SENTENCES | UNREADABLE

    def receive(self, by: Actor, content: BinaryIO | Path, name: str, kind: str) -> F:
        """Save a file as a draft with guessed columns. ``kind``: see ``intake.receive``. Raises ``Unreadable``."""
        return intake.receive(by, content, name, kind, self.model)

    def reread(self, run: F, **changed: Any) -> None:
        """Change how the file is read: encoding, delimiter, sheet, header or not. Raises ``Unreadable``."""
        intake.reread(run, **changed)

    def missing(self, run: F) -> list[str]:
        if run.read_as.kind == "vcard":
            return []
        return [*intake.missing_targets(run), *(f"{REFUSALS}{key}" for key in intake.unanswered(run))]

    def doubt(self, run: F) -> Problem | None:
        unsaid = intake.unanswered(run)
        return Problem(f"{REFUSALS}{unsaid[0]}", "required") if unsaid else None

    def forget(self, run: F) -> None:
        run.file.unlink(missing_ok=True)
