"""The «Filtrer» panel: a form whose answer is the list's address."""

import json
from collections.abc import Mapping

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word
from entregent.actions.standing.tools import users
from entregent.directory.fields.custom import fields_for
from entregent.directory.fields.custom_filters import MEASURED
from entregent.directory.items.register import choice_names
from entregent.directory.lists.lists import ORDER, ordered
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import CustomField, Party
from entregent.directory.parties.cards import CUSTOM
from entregent.directory.selections.addresses import others
from entregent.directory.selections.conditions import ME, NONE
from entregent.kernel.countries import countries
from entregent.kernel.departments import departments
from entregent.kernel.languages import languages
from entregent.kernel.text import name_key
from entregent.web.links import to

ANY = ("", "—")
MOST_LISTS = 1000


class FilterForm(forms.Form):
    """The conditions that a list may carry. Sent by GET; the list's own address is read by ``Selection``."""

    tag = forms.CharField(label=gettext_lazy("Tag"), required=False)
    organisation = forms.CharField(required=False)
    function = forms.CharField(label=gettext_lazy("Function"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    skill = forms.CharField(label=gettext_lazy("Skill"), required=False)
    family = forms.ChoiceField(label=gettext_lazy("Family of organisations"), required=False)
    assigned_to = forms.ChoiceField(label=gettext_lazy("Assigned to"), required=False)
    mail_refused = forms.ChoiceField(
        label=gettext_lazy("Refusal of mailings"),
        required=False,
        choices=[ANY, ("oui", gettext_lazy("Yes")), ("non", gettext_lazy("No"))],
    )
    active = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[ANY, ("oui", gettext_lazy("Active")), ("non", gettext_lazy("Inactive"))],
    )
    city = forms.CharField(label=gettext_lazy("City"), required=False)
    department = forms.ChoiceField(
        label=gettext_lazy("Département"), required=False, choices=lambda: [ANY, *departments()]
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    list = forms.ChoiceField(label=gettext_lazy("List"), required=False)
    added_since = forms.CharField(
        label=gettext_lazy("Added since"), required=False, widget=forms.DateInput({"type": "date"})
    )
    no_action_for = forms.CharField(
        label=gettext_lazy("No action for (days)"),
        required=False,
        widget=forms.NumberInput({"min": 1, "max": 36500, "inputmode": "numeric"}),
    )

    def __init__(self, by: Actor, kind: str, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        shown_in = (get_language() or "fr")[:2]
        self.fields["organisation"].label = organisation_word(by.account).One
        for name, known in (("country", countries(shown_in)), ("language", languages(shown_in))):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, required=False, choices=[ANY, *known]
            )
        lists = ordered(seen_lists(by).filter(archived_at=None)).order_by(*ORDER.fields)
        self.fields["list"] = forms.ChoiceField(
            label=self.fields["list"].label,
            required=False,
            choices=[ANY, *((str(found.pk), f"{found.category} – {found}") for found in lists[:MOST_LISTS])],
            widget=forms.Select({"data-combobox": ""}),
        )
        self._standing(by, kind)
        for one in fields_for(by, kind):
            self.fields[CUSTOM + one.code] = _custom(one)
        for name, what in (("tag", "tags"), ("function", "functions"), ("city", "cities"), ("skill", "skills")):
            if name not in self.fields:
                continue
            self.fields[name].widget.attrs |= {
                "data-combobox": "",
                "data-create": "",
                "data-url": to(by, f"suggest:{what}"),
            }
        self.fields["organisation"].widget.attrs |= organisation_attrs(by, self.initial.get("organisation", ""))
        if kind == "o":  # asked of people alone
            for name in ("organisation", "function", "language"):
                del self.fields[name]

    def _standing(self, by: Actor, kind: str) -> None:
        """Offer the account's statuses, families and users."""
        lists = (("status", "statuses", gettext("No status")), ("family", "families", gettext("No family")))
        for name, code, none in lists:
            words = [(each, each) for each in choice_names(by, code)]
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, required=False, choices=[ANY, *words, (NONE, none)] if words else [ANY]
            )
        people = [(pk, name) for pk, name in users(by) if pk != str(by.user_id)]
        self.fields["assigned_to"] = forms.ChoiceField(
            label=self.fields["assigned_to"].label,
            required=False,
            choices=[ANY, (ME[0], gettext("Me")), *people, (NONE, gettext("Nobody"))],
        )
        del self.fields["family" if kind == "p" else "skill"]


def _custom(one: CustomField) -> forms.Field:
    """What a filter asks of a custom field: see ``directory.custom_filters`` for what may be typed."""
    if one.type in (CustomField.Type.CHOICE, CustomField.Type.CHOICES):
        choices = [(choice["code"], choice["label"]) for choice in one.choices if not choice.get("removed")]
        return forms.ChoiceField(label=one.label, required=False, choices=[ANY, *choices, (NONE, gettext("None"))])
    if one.type == CustomField.Type.BOOLEAN:
        answers = [ANY, ("oui", gettext("Yes")), ("non", gettext("No")), (NONE, gettext("None"))]
        return forms.ChoiceField(label=one.label, required=False, choices=answers)
    help_text = gettext("Also: >=10, <=10") if one.type in MEASURED else ""
    return forms.CharField(label=one.label, required=False, help_text=help_text)


def organisation_attrs(by: Actor, value: str) -> dict[str, str]:
    """A combo box over the organisations; the one chosen is shown by its name, not by its number."""
    attrs = {"data-combobox": "", "data-url": to(by, "suggest:organisations")}
    name = value.isdecimal() and Party.readable.known_to(by).filter(pk=value).values_list("name", flat=True).first()
    if name:
        attrs["data-data"] = json.dumps([{"value": value, "text": name}])
    return attrs


def unasked(form: FilterForm, conditions: Mapping[str, str], view: str = "") -> dict[str, str]:
    """What the list's address says that the panel does not ask for, and must not forget: a nested filter, a view."""
    return {name: value for name, value in conditions.items() if name not in form.fields} | (
        {"vue": view} if view else {}
    )


def asked(by: Actor, params: Mapping[str, str]) -> dict[str, str]:
    """What a sent form asks, without what was left empty; an organisation typed by its name gets its number."""
    kept = {"q", "sort", "vue", *others(params, ())}
    filled = {name: value for name, value in params.items() if value and name in kept}
    typed = filled.get("organisation", "")
    if typed and not typed.isdecimal():
        found = Party.readable.visible_to(by).filter(kind="o", name_key=name_key(typed, "")[:310])
        if pk := found.values_list("pk", flat=True).first():
            filled["organisation"] = str(pk)
    return filled
