"""The conditions that a nested filter may be built of, each as the field that asks for its value (X2)."""

from copy import deepcopy

from django import forms

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem, problem_of
from entregent.directory.selections.asking import check_leaf
from entregent.directory.selections.condition import Offered
from entregent.directory.selections.nested import Leaf
from entregent.directory.selections.register import condition_of, conditions_for
from entregent.kernel.errors import Bad

from .filters import typed
from .inputs import field_of, showing


class Criteria:
    """The conditions that one reader may ask of contacts or organisations."""

    def __init__(self, by: Actor, kind: str) -> None:
        offered = [each for each in conditions_for(by, kind) if each.offered >= Offered.BUILDER]
        self.by, self.fields = by, {each.name: field_of(by, each) for each in offered}

    def choices(self) -> list[tuple[str, str]]:
        """Return their names and labels, in order."""
        return [(name, str(field.label)) for name, field in self.fields.items()]

    def field(self, name: str, value: str) -> forms.Field:
        """Return the field of a condition; plain text for one that is not offered, so that no address loses any."""
        try:
            condition = condition_of(self.by, name)
        except Bad:
            return forms.CharField(label=name, required=False)
        if name in self.fields:
            return showing(self.by, condition, deepcopy(self.fields[name]), value)
        return forms.CharField(label=condition.label_for(self.by), required=False)

    def value(self, name: str, text: str) -> str:
        """Return what an address holds for ``text`` typed into the field."""
        return typed(self.by, name, text)

    def problem(self, name: str, value: str) -> str:
        """Return why the condition can't be asked; ``""`` when it can."""
        if not value:
            return Problem(name, "required").message
        try:
            check_leaf(self.by, Leaf(name, value))
        except Bad as bad:
            return problem_of(name, bad).message
        return ""
