"""Fields of a record's form whose list of choices is open: what is typed is as good as what is chosen."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class OpenSelect(forms.Select):
    """A select that also holds what was typed in it; without JavaScript a text field beside it takes new words."""

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
    """Several choices and new words; those of the text field are separated by commas."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [word.strip() for word in [*chosen, *data.get(f"{name}_typed", "").split(",")] if word.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # a browser sends nothing when nothing is chosen


class WordsField(forms.Field):
    """A list of words."""

    widget = OpenSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(value or []))


class PlainSelect(forms.Select):
    """A select of hundreds of choices, written without a template for each: countries cost 40 ms otherwise."""

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
    """Choices that are pairs already, taken as they are: Django would look into each of 250 countries."""

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self.pairs = list(pairs)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.pairs)


def give_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Set what a field offers, known only when the form is made."""
    cast(forms.ChoiceField, form.fields[name]).choices = Pairs(choices)


def text(label: Any, required: bool = False, **attrs: Any) -> forms.CharField:
    """A line of text. Its length is checked by the action, which says so: a browser would cut in silence."""
    return forms.CharField(label=label, required=required, widget=forms.TextInput(attrs))


def long_text(label: Any, rows: int) -> forms.CharField:
    """Text of several lines."""
    return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": rows}))
