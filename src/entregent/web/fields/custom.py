"""Custom fields on a record's form and page (C6): a form field for each type, sections, and rows to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.actor import Actor
from entregent.directory.fields import custom_values
from entregent.directory.fields.custom import fields_for
from entregent.directory.models import CustomField
from entregent.directory.parties.cards import CUSTOM, Card
from entregent.kernel.errors import Bad

Type, Towards = CustomField.Type, CustomField.Towards
NAME = "custom-"
"""Leads a code in the name of a form's field: a point would mean a row of a set."""
FEW = 8
"""So many choices are shown all at once."""


@dataclass(slots=True)
class Section:
    """Fields under one title; ``title`` is empty for those that have none."""

    title: str
    fields: list[Any] = field(default_factory=list)


def form_field(one: CustomField, value: Any = None) -> forms.Field:
    """What a form asks for one custom field; ``value``: the kept one, whose choice is offered even when retired."""
    made = _MAKERS.get(Type(one.type), _line)(one, value)
    made.label, made.required, made.help_text = one.label, one.required, one.help
    if one.sensitive:
        made.widget.attrs["data-private"] = ""
    return made


_LINES: dict[str, dict[str, str]] = {
    Type.NUMBER: {"inputmode": "decimal"},
    Type.AMOUNT: {"inputmode": "decimal"},
    Type.DATE: {"type": "date"},
    Type.LINK: {"inputmode": "url"},
    Type.EMAIL: {"type": "email"},
    Type.PHONE: {"type": "tel"},
}


def _line(one: CustomField, value: Any) -> forms.Field:
    return forms.CharField(widget=forms.TextInput({**_LINES.get(one.type, {}), "autocomplete": "off"}))


def _long(one: CustomField, value: Any) -> forms.Field:
    return forms.CharField(widget=forms.Textarea({"rows": 3}))


def _boolean(one: CustomField, value: Any) -> forms.Field:
    return forms.ChoiceField(choices=[("", "—"), ("oui", _("Yes")), ("non", _("No"))])


def _offered(one: CustomField, value: Any) -> list[tuple[str, str]]:
    held = value if isinstance(value, list) else [value]
    return [
        (choice["code"], choice["label"])
        for choice in one.choices
        if choice["code"] in held or not (choice.get("retired") or choice.get("removed"))
    ]


def _choice(one: CustomField, value: Any) -> forms.Field:
    return forms.ChoiceField(choices=[("", "—"), *_offered(one, value)])


def _choices(one: CustomField, value: Any) -> forms.Field:
    offered = _offered(one, value)
    few = len(offered) <= FEW
    widget = forms.CheckboxSelectMultiple() if few else forms.SelectMultiple({"data-combobox": ""})
    return forms.MultipleChoiceField(choices=offered, widget=widget)


_MAKERS = {Type.LONG: _long, Type.BOOLEAN: _boolean, Type.CHOICE: _choice, Type.CHOICES: _choices}


def initial(one: CustomField, value: Any) -> Any:
    """A kept value as the form shows it."""
    if value is None:
        return [] if one.type == Type.CHOICES else ""
    if one.type == Type.BOOLEAN:
        return "oui" if value else "non"
    if one.type in (Type.NUMBER, Type.AMOUNT):
        return custom_values.typed(one, value)
    return value


class CustomPart:
    """The custom fields of a form: added to it, and read back as part of its card."""

    def __init__(self, form: forms.Form, by: Actor, kind: str, base: Card) -> None:
        self.form, self.country = form, by.account.country
        self.held: dict[str, Any] = base.get("custom") or {}
        self.fields = fields_for(by, kind)
        for one in self.fields:
            held = self.held.get(one.code)
            form.fields[NAME + one.code] = form_field(one, held)
            form.initial.setdefault(NAME + one.code, initial(one, held))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(NAME + one.code for one in self.fields)

    def card(self) -> dict[str, Any]:
        """What was typed, by code, as it is kept; what can't be read is left for the cleaner to refuse."""
        data = self.form.cleaned_data
        return {one.code: self._kept(one, data[NAME + one.code]) for one in self.fields if NAME + one.code in data}

    def _kept(self, one: CustomField, value: Any) -> Any:
        try:
            return custom_values.clean(one, value, self.country)
        except Bad:
            return value

    def patch(self) -> dict[str, Any]:
        """What differs from what is kept."""
        return {code: value for code, value in self.card().items() if value != self.held.get(code)}

    def sections(self) -> list[Section]:
        """The form's fields by section, in order."""
        return sections(self.fields, lambda one: self.form[NAME + one.code])

    def by_reader(self) -> list[Section]:
        """The same as the sheet parts them: those that the member sees, those that they don't."""
        shown = [self.form[NAME + one.code] for one in self.fields if one.towards != Towards.INVISIBLE]
        hidden = [self.form[NAME + one.code] for one in self.fields if one.towards == Towards.INVISIBLE]
        parts = [Section(_("Visible to the member"), shown), Section(_("Invisible to the member"), hidden)]
        return [part for part in parts if part.fields]


def sections(fields: Sequence[CustomField], of: Any) -> list[Section]:
    """``fields`` under their sections, each where its first field stands; ``of``: what stands for a field."""
    found: dict[str, Section] = {}
    for one in fields:
        found.setdefault(one.section, Section(one.section)).fields.append(of(one))
    return list(found.values())


def rows(by: Actor, kind: str, values: dict[str, Any], member: bool = False) -> list[Section]:
    """The values that ``by`` may see, by section, empty ones left out; ``member``: only what the member sees too."""
    seen = [
        one
        for one in fields_for(by, kind)
        if one.code in values and not (member and one.towards == Towards.INVISIBLE)
    ]
    return sections(seen, lambda one: _shown(one, values[one.code], by.account.country))


MARKS = {
    Towards.VISIBLE: gettext_lazy("Visible to the member"),
    Towards.PROPOSABLE: gettext_lazy("Visible to the member, who may propose a change"),
    Towards.EDITABLE: gettext_lazy("Visible to the member, who may change it"),
}
"""What a member may do with a field that they see."""


def _shown(one: CustomField, value: Any, country: str) -> dict[str, Any]:
    """Return a value to read. ``mark``: what the member may do with it, in words; ``""``: they don't see it."""
    url = {Type.LINK: "{}", Type.EMAIL: "mailto:{}", Type.PHONE: "tel:{}"}.get(Type(one.type), "").format(value)
    return {
        "label": one.label,
        "text": custom_values.show(one, value, country),
        "url": url.replace(" ", ""),
        "mark": MARKS.get(Towards(one.towards), ""),
        "sensitive": one.sensitive,
    }


def form_name(problem_field: str) -> str:
    """The form's name of a field as actions name it."""
    return NAME + problem_field.removeprefix(CUSTOM) if problem_field.startswith(CUSTOM) else problem_field
