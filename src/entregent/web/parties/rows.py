"""The form rows for further e-mails, phones, websites and addresses."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entregent.directory.parties.cards import ADDRESS_PARTS
from entregent.directory.parties.cleaning import MOST_ITEMS
from entregent.kernel.postal import countries

from .fields import PlainSelect, give_choices, long_text, text


class WayForm(forms.Form):
    """The row of a further phone number or website."""

    value = text(_("Number or address"))
    label = text(_("Label"), list="way-labels")

    def item(self) -> dict[str, Any] | None:
        """Return the row as an item of a card; None if it is empty."""
        data = self.cleaned_data
        return {"value": data["value"], "label": data.get("label", "")} if data.get("value") else None


class EmailForm(WayForm):
    """The row of a further e-mail address."""

    shared = forms.BooleanField(label=_("Shared address"), required=False)

    def item(self) -> dict[str, Any] | None:
        item = super().item()
        return {**item, "shared": True} if item and self.cleaned_data.get("shared") else item


class AddressForm(forms.Form):
    """The row of a further postal address."""

    label = text(_("Label"), list="way-labels")
    street = long_text(_("Address"), 2)
    postal_code = text(_("Postal code"))
    city = text(_("City"))
    province = text(_("Province"))
    country = forms.ChoiceField(label=_("Country"), required=False, widget=PlainSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_choices(self, "country", country_choices())

    def item(self) -> dict[str, Any] | None:
        return address_item(self.cleaned_data, self.cleaned_data.get("label", ""))


def address_item(data: dict[str, Any], label: str) -> dict[str, Any] | None:
    """Return an address as an item of a card; None if it has at most a country."""
    parts = {part: data.get(part, "") for part in ADDRESS_PARTS}
    if not any(value for part, value in parts.items() if part != "country"):
        return None
    return {"label": label, **parts, "street": lines(parts["street"])}


def lines(typed: str) -> str:
    """Return a text with the line ends that are stored; browsers send others."""
    return typed.replace("\r\n", "\n")


def country_choices() -> list[tuple[str, str]]:
    """Return code and name of every country, in the current language."""
    return [("", ""), *countries((get_language() or "fr")[:2])]


def _rows(form: type[forms.Form]) -> type[forms.BaseFormSet]:
    return forms.formset_factory(form, extra=1, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS + 10)


ROWS: dict[str, type[forms.BaseFormSet]] = {
    "emails": _rows(EmailForm),
    "phones": _rows(WayForm),
    "websites": _rows(WayForm),
    "addresses": _rows(AddressForm),
}
"""List of a card → the form set of the items after the main one."""
