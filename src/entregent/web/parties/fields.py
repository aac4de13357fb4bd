"""Form fields of records: choices that also accept typed values, fast selects, rows of further e-mails and such."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from entregent.directory.parties.cards import ADDRESS_PARTS
from entregent.directory.parties.cleaning import MOST_ITEMS
from entregent.kernel.countries import countries
from entregent.shell.widgets import PlainSelect


class OpenSelect(forms.Select):
    """A select that accepts typed values; without JavaScript they go into a text field beside it."""

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        known = {str(choice) for choice, _label in self.choices}
        self.choices = [*self.choices, *((word, word) for word in value if word not in known)]
        return super().optgroups(name, value, attrs)

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        field = '<noscript><input name="{}_typed" aria-label="{}" placeholder="{}"></noscript>'
        words = gettext("Or type a new one")
        return super().render(name, value, attrs, renderer) + format_html(field, name, words, words)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return (data.get(f"{name}_typed") or data.get(name) or "").strip()


class OpenSelectMultiple(OpenSelect):
    """A multiple select that accepts typed values; in the text field they are separated by commas."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [word.strip() for word in [*chosen, *data.get(f"{name}_typed", "").split(",")] if word.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # browsers send nothing if nothing is chosen


class WordsField(forms.Field):
    """A field whose value is a list of words."""

    widget = OpenSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(value or []))


class LinesField(forms.CharField):
    """A text of several lines, with the line ends that are stored; browsers send others."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class Pairs(BaseChoiceIterator):
    """Choices that are pairs already, which Django need not normalise one by one."""

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self.pairs = list(pairs)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.pairs)


def give_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Set the choices of a field of a form instance."""
    cast(forms.ChoiceField, form.fields[name]).choices = Pairs(choices)


def text(label: Any, required: bool = False, **attrs: Any) -> forms.CharField:
    """Return a field for a line of text. The action checks its length: browsers would cut it silently."""
    return forms.CharField(label=label, required=required, widget=forms.TextInput(attrs))


def long_text(label: Any, rows: int) -> forms.CharField:
    """Return a field for text of several lines."""
    return LinesField(label=label, required=False, widget=forms.Textarea({"rows": rows}))


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
        return item and {**item, "shared": bool(self.cleaned_data.get("shared"))}


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
    return {"label": label, **parts}


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
