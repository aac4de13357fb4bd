"""What each kind of long run defines for itself. What all kinds share is in ``cycle``."""

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
    "stumbled": _("The program failed on this file several times. Tell your administrator: the log says where."),
    "permission": _("The person who started this no longer has the permission."),
}


@dataclass(frozen=True, slots=True)
class Did:
    """The result of one step: how many rows it handled, and what became of them."""

    rows: int
    counts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """A step over several rows, any of which may turn out to be one that can't be kept.

    When it fails for what is in it, the engine does it again in halves, and puts aside the row that fails alone.
    """

    rows: Sequence[Any]
    do: Callable[[Sequence[Any], Telling | None], Did]
    put_aside: Callable[[Any, Telling | None], Did]
    """Records that one row was not kept."""

    def __call__(self, telling: Telling | None) -> Did:
        return self.do(self.rows, telling)

    def smaller(self) -> list["Step"]:
        """Return the steps to do instead of this one, which failed."""
        middle = len(self.rows) // 2
        if not middle:
            return [lambda telling: self.put_aside(self.rows[0], telling)]
        return [Batch(rows, self.do, self.put_aside) for rows in (self.rows[:middle], self.rows[middle:])]


Step = Callable[[Telling | None], Did]
"""Does one step inside the engine's transaction; called again when someone changed one of its records meanwhile.

It is given what collects the journal's entry; None in a check, which has no entry.
"""
Steps = Iterator[Step | None]
"""The steps of a phase, each asked for when the one before is committed. None only renews the lease."""


class Use(Generic[R]):
    """One kind of long run."""

    code: ClassVar[str]
    """Prefix of its jobs' kinds, and key of the run's id in their payload and in the journal."""
    model: type[R]
    opens: ClassVar[Can]
    """The permission that its pages require."""
    deed: ClassVar[Deed]
    undone: ClassVar[Deed | None] = None
    """The deed of taking it back; None when it can't be taken back."""
    checked_first: ClassVar[bool] = False
    """Whether it must be checked before it runs."""
    sentences: Mapping[str, Promise] = SENTENCES
    """Code of an error → its sentence."""

    def runs(self, by: Actor) -> QuerySet[R]:
        """Return the runs that ``by`` may open: their own, unless the use says otherwise."""
        return self.model.objects.filter(by=by.user_id)

    def needs(self, run: R) -> Sequence[Can]:
        """Return the permissions required to start a run, and checked again at each step."""
        return [self.opens]

    def missing(self, run: R) -> list[str]:
        """Return the names of what is still to be filled in before a check."""
        return []

    def doubt(self, run: R) -> Problem | None:
        """Return what the user must confirm before the run starts, if anything."""
        return None

    def begins(self, phase: Phase) -> Q:
        """Return the condition under which a phase may begin."""
        return Q(state=Run.State.CHECKED) if phase is GO and self.checked_first else phase.begins

    def begin(self, by: Actor, run: R, phase: Phase) -> None:
        """Prepare a phase, inside the transaction that starts it. The engine saves ``run`` afterwards."""

    def door(self, by: Actor) -> Door:
        """Return the door that the journal names."""
        return by.door

    def told(self, run: R) -> dict[str, Any]:
        """Return the data of the journal's entry."""
        return {"file": run.name, self.code: run.pk}

    def read(self, by: Actor, run: R) -> Steps:
        """Yield None while looking at what the run is about, such as the beginning of its file."""
        raise NotImplementedError

    def ended(self, by: Actor, run: R, phase: Phase) -> None:
        """Do what follows a phase that came to its end."""

    def check(self, by: Actor, run: R) -> Steps:
        """Yield the steps that look at every row and write nothing but the preview."""
        raise NotImplementedError

    def go(self, by: Actor, run: R) -> Steps:
        """Yield the steps that are not done yet: all of them, or the rest after a stop or a crash."""
        raise NotImplementedError

    def undo(self, by: Actor, run: R) -> Steps:
        """Yield the steps that take back what was done."""
        raise NotImplementedError

    def forget_check(self, run: R) -> None:
        """Delete the preview that a check wrote."""

    def forget(self, run: R) -> None:
        """Delete what a deleted run leaves outside the database, such as its file."""

    def rejects(self, run: R) -> Iterator[Any]:
        """Return the rows that were not kept, each with its ``problems``."""
        return iter(())

    def undoable(self, run: R) -> bool:
        """Return whether there is something to take back."""
        written = run.state in (Run.State.DONE, Run.State.STOPPED) or (run.state == Run.State.FAILED and run.entry_id)
        return self.undone is not None and bool(written)

    def error(self, run: R) -> str:
        """Return why a run failed or stopped, in words; ``""`` when it did neither."""
        return str(self.sentences[run.error["code"]]) % run.error["params"] if run.error else ""
