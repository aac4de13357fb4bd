"""The conditions of «Filtrer», a form that leads to the list's address, and those of «Filtre avancé» (X2)."""

from collections.abc import Mapping
from copy import deepcopy

from django import forms

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem, problem_of
from entregent.directory.selections.addresses import others
from entregent.directory.selections.asking import check_leaf
from entregent.directory.selections.condition import Offered
from entregent.directory.selections.nested import Leaf
from entregent.directory.selections.register import condition_of, conditions_for
from entregent.kernel.errors import Bad

from .inputs import field_of, showing


class FilterForm(forms.Form):
    """The conditions that the panel offers. Sent by GET; the list's own address is read by ``Selection``."""

    def __init__(self, by: Actor, kind: str, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for each in conditions_for(by, kind):
            if each.offered == Offered.PANEL:
                self.fields[each.name] = field_of(by, each, str(self.initial.get(each.name, "")))


def unasked(form: FilterForm, conditions: Mapping[str, str], view: str = "") -> dict[str, str]:
    """Return what the address holds and the panel has no field for but must keep: a nested filter, a view."""
    return {name: value for name, value in conditions.items() if name not in form.fields} | (
        {"vue": view} if view else {}
    )


def asked(by: Actor, params: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters that a sent form leads to, without empty ones."""
    kept = {"q", "sort", "vue", *others(params, ())}
    return {name: typed(by, name, value) for name, value in params.items() if value and name in kept}


def typed(by: Actor, name: str, text: str) -> str:
    """Return what an address holds for a value typed into a form: an organisation's id for its name."""
    try:
        return condition_of(by, name).input.typed(by, text)
    except Bad:  # nothing of an address is lost
        return text


class Criteria:
    """The conditions that a reader may build a nested filter of, each as the field that asks for its value."""

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
