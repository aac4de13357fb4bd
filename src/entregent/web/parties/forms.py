"""The forms of a person, of an organisation, and of the «Fiche client/membre»."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.words import organisation_word
from entregent.directory.fields.field import Door
from entregent.directory.fields.register import fields_of
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card
from entregent.directory.selections.inputs import reader_language
from entregent.kernel.ids import read_id
from entregent.kernel.languages import languages
from entregent.kernel.text import name_key
from entregent.store.prepared import prepared
from entregent.web.links import suggesting

from .fields import OpenSelect, give_choices, text
from .inputs import NAMES, inputs_of
from .party_form import PartyForm


class PersonForm(PartyForm):
    """The form of a contact."""

    kind = "p"
    organisation_label: Any = ""
    """The label of the organisation's field, instead of the account's word."""

    organisation = forms.CharField(required=False, widget=OpenSelect)
    function = text(_("Function"))

    def _choices(self) -> None:
        super()._choices()
        fields = self.fields
        if "language" in fields:
            give_choices(self, "language", languages(reader_language()))
        if "visibility" in fields:
            fields["visibility"].label = _("Who can see this contact")
        if "organisation" in fields:
            offer_organisations(self, self.by, self.organisation_label)
        if "function" in fields:
            fields["function"].widget.attrs |= suggesting(self.by, "functions", new=True)

    def clean_organisation(self) -> str:
        """Check that the value is an id, or a new name if the user may add organisations."""
        value = self.cleaned_data["organisation"]
        if not value or self.by.may(Can.WRITE_ORGANISATIONS) or named(self.by, value):
            return value
        seen = Party.readable.visible_to(self.by).filter(kind="o")
        if not seen.filter(name_key=name_key(value, "")).exists():
            raise forms.ValidationError(_("Choose one from the list: your role can't add a new one."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        new = data.get("function") and data["function"] != (self.base.get("function") or "")
        if new and not data.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("In which organisation is this function held?"))
        return data

    def card(self) -> Card:
        card = super().card()
        data = self.cleaned_data
        if "organisation" in self.fields and data.get("organisation", "") != (self.base.get("organisation") or ""):
            card |= organisation_of(self.by, data.get("organisation", ""))
        if "function" in self.fields and data.get("function", "") != (self.base.get("function") or ""):
            card["function"] = data["function"]
        return card


class OrganisationForm(PartyForm):
    """The form of an organisation."""

    kind = "o"

    def _choices(self) -> None:
        super()._choices()
        self.fields["visibility"].label = _("Who can see %(this)s") % {
            "this": organisation_word(self.by.account).this
        }


class SheetForm(PersonForm):
    """The form «Fiche client/membre» (C2), with its own fields and labels."""

    rows = ()
    organisation_label: Any = _("Company")
    field_order = (
        "email last_name first_name organisation street postal_code city country province phone vat_number"
    ).split()

    def disable(self) -> None:
        """Show the sheet to someone who may not change it."""
        for field in self.fields.values():
            field.disabled = True


PersonForm.base_fields = inputs_of(fields_of("p", door=Door.FORM)) | PersonForm.base_fields
OrganisationForm.base_fields = inputs_of(fields_of("o", door=Door.FORM))
SheetForm.base_fields = {
    "organisation": PersonForm.base_fields["organisation"],
    **{
        name: PersonForm.base_fields[name]
        for field in fields_of("p", door=Door.SHEET)
        for name in NAMES[field.name]
        if not name.endswith(("_label", "_shared"))
    },
}
FORMS: dict[str, type[PartyForm]] = {"p": PersonForm, "o": OrganisationForm}


def offer_organisations(form: forms.Form, by: Actor, label: str = "") -> None:
    """Let a form's field ``organisation`` suggest those of the account; ``label``: instead of the account's word."""
    field = form.fields["organisation"]
    field.label = label or organisation_word(by.account).One
    field.widget = OpenSelect(suggesting(by, "organisations", new=by.may(Can.WRITE_ORGANISATIONS)))
    field.widget.choices = [("", ""), *named(by, form["organisation"].value())]


def organisation_of(by: Actor, value: str) -> Card:
    """Return the value of an organisation's field as a card: an id, a name, which may be a number, or none."""
    if not value:
        return {"organisation": None}
    return {"organisation": int(value)} if named(by, value) else {"organisation_name": value}


def named(by: Actor, value: Any) -> list[tuple[str, str]]:
    """Return the organisation of this id as the choices of its field; none if ``by`` can't see it."""
    pk = read_id(value)
    return [(str(pk), name) for name in _name_of(by, pk)] if pk else []


@prepared
def _name_of(by: Actor, organisation: int) -> QuerySet:
    return Party.readable.known_to(by).filter(kind="o", pk=organisation).values_list("name", flat=True)
