"""The conditions that a nested filter may be built of, each as the field that asks for its value (X2)."""

from copy import deepcopy

from django import forms
from django.utils.translation import gettext, gettext_lazy

from entregent.accounts.actor import Actor
from entregent.directory.fields import custom_filters
from entregent.directory.messages import Problem, problem_of
from entregent.directory.parties.cards import CUSTOM
from entregent.directory.selections.selections import Selection
from entregent.kernel.errors import Bad
from entregent.web.links import to

from .filters import FilterForm, asked, organisation_attrs

MORE = {
    "had_function": gettext_lazy("Has or had the function"),
    "holder": gettext_lazy("Holds the function today"),
    "postal_code": gettext_lazy("Postal code (or its beginning)"),
    "updated_since": gettext_lazy("Changed since"),
    "source": gettext_lazy("Whose records"),
}
"""What the panel «Filtrer» does not offer."""


class Criteria:
    """What one reader may ask of contacts or organisations."""

    def __init__(self, by: Actor, kind: str) -> None:
        self.by, self.kind = by, kind
        self.fields: dict[str, forms.Field] = dict(FilterForm(by, kind).fields)
        self.fields["postal_code"] = forms.CharField(label=MORE["postal_code"])
        self.fields["updated_since"] = forms.CharField(
            label=MORE["updated_since"], widget=forms.DateInput({"type": "date"})
        )
        if kind == "p":
            combobox = {"data-combobox": "", "data-create": "", "data-url": to(by, "suggest:functions")}
            self.fields["had_function"] = forms.CharField(
                label=MORE["had_function"], widget=forms.TextInput(combobox)
            )
        if by.account.reference_id:
            mine, service = gettext("My records"), gettext("Service")
            self.fields["source"] = forms.ChoiceField(
                label=MORE["source"], choices=[("", "—"), ("mine", mine), ("service", service)]
            )

    def choices(self) -> list[tuple[str, str]]:
        """Their names and labels, in the panel's order; the account's own fields come last."""
        labels = [(name, str(field.label)) for name, field in self.fields.items()]
        return sorted(labels, key=lambda one: one[0].startswith(CUSTOM))

    def field(self, name: str, value: str) -> forms.Field:
        """The field of a condition; of one that is not offered, plain text: nothing of an address is lost."""
        field = deepcopy(self.fields[name]) if name in self.fields else forms.CharField(label=MORE.get(name, name))
        field.required = False
        if name == "organisation":
            field.widget.attrs |= organisation_attrs(self.by, value)
        if isinstance(field, forms.ChoiceField):
            choices = list(field.choices)  # type: ignore[arg-type]
            if value and value not in {str(code) for code, _label in choices}:
                field.choices = [*choices, (value, value)]
        return field

    def value(self, name: str, typed: str) -> str:
        """What an address says for what was typed: an organisation's name gives its number."""
        return asked(self.by, {name: typed}).get(name, typed)

    def problem(self, name: str, value: str) -> str:
        """Why the condition can't be asked; «» when it can."""
        if not value:
            return Problem(name, "required").message
        if name.startswith(CUSTOM):
            try:
                custom_filters.read(self.by, name, value)
            except Bad as bad:
                return problem_of(name, bad).message
        found = Selection.read(self.kind, {"f": f'{name}:"{_escaped(value)}"'}).problems
        return found[0].message if found else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
