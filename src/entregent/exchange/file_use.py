"""What imports and syncs have in common: long runs over the rows of a file."""

from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem
from entregent.formats.errors import Unreadable
from entregent.runs.cycle import start_check, start_read
from entregent.runs.phases import READ, Phase
from entregent.runs.uses import SENTENCES, Steps, Use

from . import intake, questions
from .messages import UNREADABLE
from .models import Import
from .source import SourceFile

AGAIN, PROBLEM = "again", "problem"
"""In ``seen``: how the user wants the file read, also after a worker died; why it could not be."""
F = TypeVar("F", bound=SourceFile)
REFUSALS = "refusals."
"""Prefix of what is still to be answered about refusals of mailings, among the names of missing targets."""


class FileUse(Use[F]):
    """A use whose runs read a file."""

    sentences = SENTENCES | UNREADABLE

    def receive(self, by: Actor, content: BinaryIO | Path, name: str, kind: str) -> F:
        """Save a file as a draft with guessed columns. ``kind``: see ``intake.receive``. Raises ``Unreadable``."""
        return intake.receive(by, content, name, kind, self.model)

    def keep(self, by: Actor, content: BinaryIO | Path, name: str, kind: str) -> F:
        """Save a file and let a worker read it in. ``kind``: see ``intake.receive``. Raises ``Unreadable``."""
        run = intake.keep(by, content, name, kind, self.model)
        start_read(by, run)
        return run

    def reread(self, run: F, **changed: Any) -> None:
        """Change how the file is read: see ``intake.read_again``. Raises ``Unreadable``."""
        intake.reread(run, **changed)

    def reread_later(self, by: Actor, run: F, changed: dict[str, Any]) -> None:
        """Let a worker read the file another way: see ``intake.read_again``."""
        run.seen = {**run.seen, AGAIN: changed}
        run.save(update_fields=["seen"])
        start_read(by, run)

    def read(self, by: Actor, run: F) -> Steps:
        changed = run.seen.get(AGAIN)
        run.seen.pop(PROBLEM, None)
        try:
            for _ in intake.read_in(run) if changed is None else intake.read_again(run, **changed):
                yield None
            self.settle(run)
        except Unreadable as unreadable:
            if changed is None:
                raise
            run.seen[PROBLEM] = {"code": unreadable.code, "params": unreadable.params}
        if changed is not None:
            run.seen[AGAIN] = changed
        read = ["path", "kind", "format", "headers", "seen", "mapping", "constants", "date_order"]
        run.save(update_fields=[*read, *(["refusals"] if isinstance(run, Import) else [])])

    def settle(self, run: F) -> None:
        """Complete what was guessed of the columns, before it is saved. Raises ``Unreadable``."""

    def ended(self, by: Actor, run: F, phase: Phase) -> None:
        if phase is READ and run.read_as.kind == "vcard" and not self.missing(run):
            start_check(by, run)

    def missing(self, run: F) -> list[str]:
        fields = [] if run.read_as.kind == "vcard" else intake.missing_targets(run)  # properties need no mapping
        return [*fields, *(f"{REFUSALS}{key}" for key in questions.unanswered(run))]

    def doubt(self, run: F) -> Problem | None:
        unsaid = questions.unanswered(run)
        return Problem(f"{REFUSALS}{unsaid[0]}", "required") if unsaid else None

    def forget(self, run: F) -> None:
        run.file.unlink(missing_ok=True)
