"""The forms of «Champs personnalisés» in «Paramètres» (C6)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.fields.choices import MOST, use_counts
from entregent.actions.fields.fields import values_count
from entregent.directory.models import CustomField

Type, Towards = CustomField.Type, CustomField.Towards
TYPES = {
    Type.TEXT: _("Text"),
    Type.LONG: _("Long text"),
    Type.NUMBER: _("Number"),
    Type.AMOUNT: _("Amount"),
    Type.DATE: _("Date"),
    Type.BOOLEAN: _("Yes or no"),
    Type.CHOICE: _("One choice"),
    Type.CHOICES: _("Several choices"),
    Type.LINK: _("Link"),
    Type.EMAIL: _("E-mail address"),
    Type.PHONE: _("Phone number"),
}
TOWARDS = {
    Towards.INVISIBLE: _("Invisible"),
    Towards.VISIBLE: _("Visible"),
    Towards.PROPOSABLE: _("Visible, and they may propose a change that the staff accepts"),
    Towards.EDITABLE: _("Visible, and they may change it"),
}
BLANK_ROWS = 3


class FieldForm(forms.Form):
    """The form of a custom field. Its choices are in the formset ``choice_set``."""

    label = forms.CharField(label=_("Name"), max_length=80)
    type = forms.ChoiceField(label=_("Type"), choices=list(TYPES.items()))
    section = forms.CharField(
        label=_("Section"),
        max_length=80,
        required=False,
        help_text=_("Fields of the same section are shown together under its name."),
        widget=forms.TextInput({"list": "sections"}),
    )
    help = forms.CharField(label=_("Help text"), max_length=300, required=False)
    towards = forms.ChoiceField(label=_("For the contact"), choices=list(TOWARDS.items()), widget=forms.RadioSelect)
    required = forms.BooleanField(
        label=_("Required"),
        required=False,
        help_text=_("Asked for on new records, and on the others the next time they are edited or imported."),
    )
    searchable = forms.BooleanField(
        label=_("Found by search"),
        required=False,
        help_text=_("The search box finds records by this field's values."),
    )
    sensitive = forms.BooleanField(
        label=_("Sensitive"),
        required=False,
        help_text=_(
            "Health, religion, politics, union membership, origin… Seen only by roles that allow it, "
            "never searched, never exported."
        ),
    )
    approved_by = forms.CharField(
        label=_("Approved by"),
        max_length=120,
        required=False,
        help_text=_("The data protection officer who agreed to keep this sensitive data: name and date."),
    )

    def __init__(self, by: Actor, field: CustomField | None, data: Any = None) -> None:
        first = {name: getattr(field, name) for name in self.base_fields} if field else {"towards": Towards.INVISIBLE}
        super().__init__(data, initial=first)
        self.field = field
        count = values_count(field) if field else 0
        if count:
            self.fields["type"].disabled = True
            self.fields["type"].help_text = ngettext(
                "The type can't change any more: %(count)d record has a value.",
                "The type can't change any more: %(count)d records have a value.",
                count,
            ) % {"count": count}
        if not by.may(Can.READ_SENSITIVE):
            del self.fields["sensitive"], self.fields["approved_by"]
        self.choice_set = ChoiceSet(data, prefix="choices", initial=_rows(field))
        counts = use_counts(field) if field else {}
        for row in self.choice_set.forms:
            row.offer(field, counts)

    def is_valid(self) -> bool:
        return super().is_valid() and self.choice_set.is_valid()

    def given(self) -> dict[str, Any]:
        """Return the values as the actions expect them; ``replace`` only where a choice in use is removed."""
        data = dict(self.cleaned_data)
        rows = [row.cleaned_data for row in self.choice_set.forms if row.cleaned_data.get("label")]
        kept = [row for row in rows if not row.get("remove")]
        data["choices"] = [
            {"code": row.get("code", ""), "label": row["label"], "retired": bool(row.get("retired"))} for row in kept
        ]
        if self.field:
            data["replace"] = {
                row["code"]: row["replace"]
                for row in rows
                if row.get("remove") and row["code"] and row.get("replace")
            }
        return data


class ChoiceForm(forms.Form):
    """One choice of a field; ignored if its label is empty."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Choice"), max_length=80, required=False)
    retired = forms.BooleanField(label=_("No longer offered"), required=False)
    remove = forms.BooleanField(label=_("Delete"), required=False)
    replace = forms.ChoiceField(label=_("Replace by"), required=False)

    def offer(self, field: CustomField | None, counts: dict[str, int]) -> None:
        """Show how many records have the choice and what may replace it. A new choice has none of these fields."""
        code = self["code"].value()
        if not field or not code:
            for name in ("retired", "remove", "replace"):
                del self.fields[name]
            return
        others = [choice for choice in field.choices if choice["code"] != code and not choice.get("removed")]
        uses = counts.get(code, 0)
        self.fields["replace"].choices = [("", "—"), *((one["code"], one["label"]) for one in others)]  # type: ignore[attr-defined]
        self.fields["remove"].help_text = ngettext("%(count)d record", "%(count)d records", uses) % {"count": uses}
        if not uses:
            del self.fields["replace"]


ChoiceSet = forms.formset_factory(ChoiceForm, extra=BLANK_ROWS, max_num=MOST, absolute_max=MOST + BLANK_ROWS)


def _rows(field: CustomField | None) -> list[dict[str, Any]]:
    return [choice for choice in field.choices if not choice.get("removed")] if field else []
