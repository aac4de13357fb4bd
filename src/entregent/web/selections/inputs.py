"""The form field of each type of input, for «Filtrer», «Filtre avancé» and the form of a dynamic list."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext

from entregent.accounts.actor import Actor
from entregent.actions.standing.standing import users
from entregent.directory.items.register import choice_names
from entregent.directory.lists.lists import ORDER, ordered
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party
from entregent.directory.selections import inputs
from entregent.directory.selections.condition import Condition
from entregent.kernel.errors import Bad
from entregent.web.links import suggesting

MOST_LISTS = 1000


def field_of(by: Actor, condition: Condition, value: str = "") -> forms.Field:
    """Return the form field for a condition's value; ``value``: its initial value."""
    made = inputs.of_type(condition.input, _MAKERS)(by, condition.input)
    made.label = condition.label_for(by)
    return showing(by, condition, made, value)


def showing(by: Actor, condition: Condition, made: forms.Field, value: str) -> forms.Field:
    """Let ``made`` show ``value``: an organisation by its name, and a value that is not among the choices."""
    if isinstance(condition.input, inputs.OrganisationId):
        made.widget.attrs |= _named_organisation(by, value)
    if isinstance(made, forms.ChoiceField):
        choices: list[Any] = list(made.choices)  # type: ignore[arg-type]
        if value and value not in {str(code) for code, _label in choices}:
            made.choices = [*choices, (value, _other(by, condition, value))]
    return made


def _other(by: Actor, condition: Condition, value: str) -> str:
    """Return the label of a value that is not among the choices, such as ``true`` or a user who left."""
    try:
        parsed = condition.parse(value)
    except Bad:
        return value
    return str(condition.exactly.get(parsed) or condition.input.said(by, parsed))


def _words(by: Actor, asked: inputs.Words) -> forms.Field:
    widget = forms.TextInput(suggesting(by, asked.suggests, free=True) if asked.suggests else {})
    return forms.CharField(required=False, widget=widget, help_text=str(asked.hint))


def _item(by: Actor, asked: inputs.ItemName) -> forms.Field:
    return forms.CharField(required=False, widget=forms.TextInput(suggesting(by, asked.items, free=True)))


def _select(choices: Iterable[tuple[str, Any]], attrs: dict[str, str] | None = None) -> forms.Field:
    return forms.ChoiceField(required=False, choices=[("", "—"), *choices], widget=forms.Select(attrs))


def _listed_item(by: Actor, asked: inputs.ItemChoice) -> forms.Field:
    names = [(name, name) for name in choice_names(by, asked.items)]
    return _select([*names, (inputs.NONE, asked.none)] if names else [])


def _choice(by: Actor, asked: inputs.Choice) -> forms.Field:
    return _select(asked.choices(by))


def _flag(by: Actor, asked: inputs.Flag) -> forms.Field:
    return _select([("oui", asked.yes), ("non", asked.no)])


def _user(by: Actor, asked: inputs.UserId) -> forms.Field:
    people = [(pk, name) for pk, name in users(by) if pk != str(by.user_id)]
    return _select([(inputs.ME, gettext("Me")), *people, (inputs.NONE, gettext("Nobody"))])


def _organisation(by: Actor, asked: inputs.OrganisationId) -> forms.Field:
    return forms.CharField(required=False, widget=forms.TextInput(suggesting(by, "organisations")))


def _named_organisation(by: Actor, value: str) -> dict[str, str]:
    """Return the attribute that lets a combo box show an organisation by its name."""
    name = value.isdecimal() and Party.readable.known_to(by).filter(pk=value).values_list("name", flat=True).first()
    return {"data-data": json.dumps([{"value": value, "text": name}])} if name else {}


def _list(by: Actor, asked: inputs.ListId) -> forms.Field:
    found = ordered(seen_lists(by).filter(archived_at=None)).order_by(*ORDER.fields)[:MOST_LISTS]
    return _select([(str(each.pk), f"{each.category} – {each}") for each in found], {"data-combobox": ""})


def _day(by: Actor, asked: inputs.Day) -> forms.Field:
    return forms.CharField(required=False, widget=forms.DateInput({"type": "date"}))


def _days(by: Actor, asked: inputs.Days) -> forms.Field:
    widget = forms.NumberInput({"min": 1, "max": 36500, "inputmode": "numeric"})
    return forms.CharField(required=False, widget=widget)


_MAKERS: dict[type, Callable[[Actor, Any], forms.Field]] = {
    inputs.Words: _words,
    inputs.ItemName: _item,
    inputs.ItemChoice: _listed_item,
    inputs.Choice: _choice,
    inputs.Flag: _flag,
    inputs.UserId: _user,
    inputs.OrganisationId: _organisation,
    inputs.ListId: _list,
    inputs.Day: _day,
    inputs.Moment: _day,
    inputs.Days: _days,
}
