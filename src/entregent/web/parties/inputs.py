"""The inputs of a record's form, made from the register; some types have several."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.directory.fields.field import Door, Field
from entregent.directory.fields.field_types import (
    ADDRESS_PARTS,
    Addresses,
    Choice,
    Day,
    Flag,
    Item,
    Language,
    Line,
    LongText,
    Number,
    Seen,
    Type,
    User,
    Ways,
    Words,
)
from entregent.directory.fields.register import FIELDS
from entregent.journal.labels import VISIBILITY
from entregent.shell.widgets import PlainSelect

from .fields import AddressForm, WordsField, long_text, text

Inputs = dict[str, forms.Field]


def inputs_of(fields: Iterable[Field]) -> Inputs:
    """Return the inputs of these fields by name; their choices are set for each form instance."""
    return {name: made for field in fields for name, made in inputs(field).items()}


def inputs(field: Field) -> Inputs:
    """Return the inputs of one field by name."""
    made = _MAKERS[type(field.type)](field)
    several = made if isinstance(made, dict) else {field.name: made}
    if field.help:
        several[field.name].help_text = field.help  # type: ignore[assignment]
    return several


def _line(field: Field) -> forms.Field:
    return text(field.label, required=field.required, **({"autocomplete": "off"} if field.required else {}))


def _choice(field: Field) -> forms.Field:
    offered = cast(Choice, field.type).offered
    return _one_of(field, required=False, choices=[("", ""), *((one, one) for one in offered)])


def _one_of(field: Field, **further: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=field.label, widget=PlainSelect, **further)


_ATTRIBUTES: dict[str, dict[str, Any]] = {
    "email": {"type": "email", "autocomplete": "off"},
    "phone": {"type": "tel", "autocomplete": "off"},
    "website": {"inputmode": "url"},
}
_LABELS = {"email": _("Label of the e-mail"), "phone": _("Label of the phone")}


def _ways(field: Field) -> Inputs:
    """Return the inputs of the main e-mail, phone or website, and its label."""
    ways = cast(Ways, field.type)
    made: Inputs = {ways.short: text(ways.short_label, **_ATTRIBUTES[ways.short])}
    if ways.short in _LABELS:
        made[f"{ways.short}_label"] = text(_LABELS[ways.short], list="way-labels")
    if ways.short == "email":
        made["email_shared"] = forms.BooleanField(
            label=_("Shared address"), required=False, help_text=_("Several people read it: others may have it too.")
        )
    return made


def _addresses(field: Field) -> Inputs:
    return {part: AddressForm.base_fields[part] for part in ADDRESS_PARTS}


def _several() -> forms.Widget:
    return forms.SelectMultiple({"data-combobox": ""})


def _seen(field: Field) -> Inputs:
    several: dict[str, Any] = {"required": False, "coerce": int}
    return {
        field.name: forms.ChoiceField(
            label=field.label, required=False, choices=list(VISIBILITY.items()), widget=forms.RadioSelect
        ),
        "teams": forms.TypedMultipleChoiceField(label=_("Teams"), widget=_several(), **several),
        "users": forms.TypedMultipleChoiceField(label=_("Individuals"), widget=_several(), **several),
    }


_MAKERS: dict[type[Type], Callable[[Field], forms.Field | Inputs]] = {
    Line: _line,
    Number: _line,
    LongText: lambda field: long_text(field.label, 4),
    Day: lambda field: text(field.label, type="date"),
    Choice: _choice,
    Language: _one_of,
    Flag: lambda field: forms.BooleanField(label=field.label, required=False),
    Item: lambda field: _one_of(field, required=False),
    Words: lambda field: WordsField(label=field.label, required=False),
    User: lambda field: forms.TypedChoiceField(
        label=field.label, required=False, coerce=int, empty_value=None, widget=PlainSelect
    ),
    Ways: _ways,
    Addresses: _addresses,
    Seen: _seen,
}
"""Field type → the function that makes its inputs."""
NAMES = {field.name: tuple(inputs(field)) for field in FIELDS if field.passes(Door.FORM)}
"""Field → the names of its inputs; the first is in every form that has the field."""
