"""Form fields of records: choices that also accept typed values, and fast selects."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class OpenSelect(forms.Select):
    """A select that accepts typed values; without JavaScript they go into a text field beside it."""

    def __init__(self, url: str = "", **attrs: Any) -> None:
        super().__init__({"data-combobox": "", "data-create": "", **({"data-url": url} if url else {}), **attrs})

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        known = {str(choice) for choice, _label in self.choices}
        self.choices = [*self.choices, *((word, word) for word in value if word not in known)]
        return super().optgroups(name, value, attrs)

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        field = '<noscript><input name="{}_typed" aria-label="{}" placeholder="{}"></noscript>'
        words = _("Or type a new one")
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


class PlainSelect(forms.Select):
    """A select rendered without a template per choice, which would take 40 ms for all countries."""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SafeString(" selected") if str(key) == chosen else "", label) for key, label in self.choices),
        )
        return format_html(
            "<select{}>{}</select>", flatatt({**self.build_attrs(self.attrs, attrs), "name": name}), options
        )


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
    return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": rows}))
