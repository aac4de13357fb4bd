"""Look up the items that planned cards name, and leave out what the directory doesn't know.

A row about the same record as an earlier one is settled by itself, when it is planned: what is left out is told of
the row that has it, and the rows after it are seen beside what will really be written.
"""

from collections.abc import Callable, Sequence

from django.utils.translation import override

from entregent.accounts.actor import Actor
from entregent.actions.parties.saving import check, current, differences
from entregent.directory.fields.custom import definitions
from entregent.directory.fields.field_types import Item, Words
from entregent.directory.fields.register import CUSTOM, FIELDS
from entregent.directory.messages import Problem
from entregent.directory.parties.cards import Card, blank, changes, plain
from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.reading import Record
from entregent.kernel.text import clean_line

from .leaving_out import NOTES_LIMIT, leave_out_unknown, with_lines
from .plans import Aside, Plan

_NAMED = {field.name for field in FIELDS if field.standing and isinstance(field.type, Item | Words)}
"""Fields spelled as in the reference lists, however they are typed."""
Labels = Callable[[str], str]
"""Returns the prefix of a value in the notes: «E-mail : »."""


class Settling:
    """Settles the plans of one import. ``labels``: of the values that the notes keep."""

    def __init__(self, by: Actor, labels: Labels) -> None:
        self.by, self.labels = by, labels

    def settle(self, writing: list[Plan]) -> None:
        """Look up the items that cards name, and leave out what the directory doesn't know."""
        for attempt in range(2):
            cleans = [plan.clean for plan in writing if plan.clean]
            settled = check(self.by, cleans, [plan.record for plan in writing])
            again = []
            for plan, (clean, problems) in zip(writing, settled, strict=True):
                plan.clean = clean
                if plan.record and (plan.differences.keys() & _NAMED or attempt):
                    plan.differences = differences(plan.record, clean)  # with the stored spelling
                    if plan.outcome == "updated" and not (plan.differences or plan.new_positions or plan.more_extra):
                        plan.outcome = "unchanged"
                if problems and not plan.settled:
                    held = current(plan.record) if plan.record else blank(clean.kind, "")
                    self._leave_out(plan, clean, problems, held)
                    again.append(plan)
                plan.settled = True
            writing = [plan for plan in again if plan.writes] if not attempt else []
            if not writing:
                return

    def settle_later(self, plan: Plan, wanted: Clean, held: Record, record: Record | None) -> Clean:
        """Settle the card of an earlier plan's record as a later row changes it.

        ``held``: the record as planned before; ``record``: the existing one, None if an earlier row creates it.
        """
        changed = changes(plain(held.card), plain(wanted.card()))
        if not any(name in _NAMED or name == "tags" or name.startswith("custom") for name in changed):
            return wanted
        settled = check(self.by, [wanted], [record])[0]
        problems = [problem for problem in settled.problems if problem.field in changed]
        if problems:
            self._leave_out(plan, settled.clean, problems, current(held))
        return settled.clean

    def without_secrets(self, aside: Aside) -> Aside:
        """Return an aside without the value of a sensitive field, which neither notes nor report may show."""
        known = definitions(self.by.account).get(aside.target.removeprefix(CUSTOM))
        return (
            aside._replace(value="") if aside.target.startswith(CUSTOM) and (not known or known.sensitive) else aside
        )

    def told(self, asides: Sequence[Aside]) -> list[str]:
        """Return the lines that the notes keep of what was left out, but for the end of notes that are too long."""
        kept = [one for one in asides if one.value and one.target != "notes"]
        with override(self.by.account.language):
            return [clean_line(f"{self.labels(one.target)}{one.value}", NOTES_LIMIT) for one in kept]

    def _leave_out(self, plan: Plan, clean: Clean, problems: Sequence[Problem], held: Card) -> None:
        fresh = [self.without_secrets(aside) for aside in leave_out_unknown(clean, problems, held)]
        plan.asides += fresh
        clean.columns["notes"] = with_lines(clean.columns["notes"], self.told(fresh))
