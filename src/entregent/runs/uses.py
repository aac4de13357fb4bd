"""What a kind of long run says of itself. All that is common to all kinds is in ``cycle``."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor, Door
from entregent.accounts.permissions import Can
from entregent.directory.messages import Problem
from entregent.journal.deeds import Deed
from entregent.journal.telling import Telling

from .models import Run
from .phases import GO, Phase

R = TypeVar("R", bound=Run)
SENTENCES: dict[str, Promise] = {
    "stumbled": _("The program stumbled on this file, several times. Tell your administrator: its log says where."),
    "permission": _("The person who started this may not do it any more."),
}


@dataclass(frozen=True, slots=True)
class Did:
    """What one step came to: so many rows are behind, and what became of them."""

    rows: int
    counts: Mapping[str, Any] = field(default_factory=dict)


Step = Callable[[Telling | None], Did]
"""A step, done inside its transaction; again, where someone changed one of its records in between.

A check writes nothing to tell of: it is given None.
"""
Steps = Iterator[Step | None]
"""The steps of a phase, each asked for when the one before is done. None takes a breath: nothing to write yet."""


class Use(Generic[R]):
    """One kind of long run."""

    code: ClassVar[str]
    """Names its jobs and their payload, and the run in what the journal keeps."""
    model: type[R]
    opens: ClassVar[Can]
    """What its pages ask."""
    deed: ClassVar[Deed]
    undone: ClassVar[Deed | None] = None
    """How the journal tells that it was taken back; None where it can't be."""
    checked_first: ClassVar[bool] = False
    """Whether it has to be checked before it goes."""
    sentences: Mapping[str, Promise] = SENTENCES
    """Why it may fail: code → sentence."""

    def runs(self, by: Actor) -> QuerySet[R]:
        """Those that ``by``, who may open this use's pages, finds there: one's own."""
        return self.model.objects.filter(by=by.user_id)

    def needs(self, run: R) -> Sequence[Can]:
        """What a run asks of whoever starts it, and still asks of them at each step."""
        return [self.opens]

    def missing(self, run: R) -> list[str]:
        """Names what must be given before it can be checked."""
        return []

    def doubt(self, run: R) -> Problem | None:
        """What must be confirmed before it goes; None for nothing."""
        return None

    def begins(self, phase: Phase) -> Q:
        """Where a phase may begin."""
        return Q(state=Run.State.CHECKED) if phase is GO and self.checked_first else phase.begins

    def begin(self, by: Actor, run: R, phase: Phase) -> None:
        """Prepare a phase, inside the transaction that begins it; ``run`` is saved afterwards."""

    def door(self, by: Actor) -> Door:
        """Through which door the journal says that it came."""
        return by.door

    def told(self, run: R) -> dict[str, Any]:
        """What the journal's sentence names."""
        return {"file": run.name, self.code: run.pk}

    def check(self, by: Actor, run: R) -> Steps:
        """Look at everything, and write nothing but what the preview shows."""
        raise NotImplementedError

    def go(self, by: Actor, run: R) -> Steps:
        """Do what is not done yet: all of it, or the rest after a stop or a crash."""
        raise NotImplementedError

    def undo(self, by: Actor, run: R) -> Steps:
        """Take back what is done and not taken back yet."""
        raise NotImplementedError

    def forget_check(self, run: R) -> None:
        """Delete what a check wrote for the preview."""

    def forget(self, run: R) -> None:
        """Delete what a run that is gone leaves behind: its file."""

    def rejects(self, run: R) -> Iterator[Any]:
        """What was not kept, each with its ``problems``, to be mended and brought again."""
        return iter(())

    def undoable(self, run: R) -> bool:
        """Whether there is something to take back."""
        written = run.state in (Run.State.DONE, Run.State.STOPPED) or (run.state == Run.State.FAILED and run.entry_id)
        return self.undone is not None and bool(written)

    def error(self, run: R) -> str:
        """Why it failed or stopped, in words; ``""`` for no reason."""
        return str(self.sentences[run.error["code"]]) % run.error["params"] if run.error else ""
