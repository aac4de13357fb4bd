"""The «Filtrer» panel: a form that leads to the list's address."""

from collections.abc import Mapping

from django import forms

from entregent.accounts.actor import Actor
from entregent.directory.selections.addresses import others
from entregent.directory.selections.condition import Offered
from entregent.directory.selections.register import condition_of, conditions_for
from entregent.kernel.errors import Bad

from .inputs import field_of


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
