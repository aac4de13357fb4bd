"""Form widgets rendered in Python, for speed: Django's select template includes two more templates per option.

The HTML is identical to that of ``django/forms/widgets/*.html``; a test compares them.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString


def draw_input(widget: Mapping[str, Any]) -> str:
    """Render an <input>: text, checkbox, hidden…"""
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    return f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{value}{_attributes(widget)}>'


def draw_text(widget: Mapping[str, Any]) -> str:
    """Render a <textarea>; browsers ignore the newline after the opening tag."""
    return (
        f'<textarea name="{escape(widget["name"])}"{_attributes(widget)}>\n{escape(widget["value"] or "")}</textarea>'
    )


def draw_select(widget: Mapping[str, Any]) -> str:
    """Render a <select>, with its option groups."""
    groups = []
    for name, options, _index in widget["optgroups"]:
        drawn = "".join([_option(option) for option in options])
        groups.append(f'\n  <optgroup label="{escape(name)}">{drawn}\n  </optgroup>' if name else drawn)
    return f'<select name="{escape(widget["name"])}"{_attributes(widget)}>{"".join(groups)}\n</select>'


class PlainSelect(forms.Select):
    """A select without groups, whose options are drawn once: Django prepares each of them anew for every page."""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        options = _options(tuple([(str(key), str(label)) for key, label in self.choices]))
        chosen = f'<option value="{escape("" if value is None else str(value))}"'
        options = options.replace(f"{chosen}>", f"{chosen} selected>", 1)
        attributes = _attributes({"attrs": self.build_attrs(self.attrs, attrs)})
        return SafeString(f'<select name="{escape(name)}"{attributes}>{options}</select>')


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...]) -> str:
    return "".join([f'<option value="{escape(key)}">{escape(label)}</option>' for key, label in choices])


def draw_choices(widget: Mapping[str, Any]) -> str:
    """Render radio buttons, or check boxes of several values; their choices have no groups."""
    attrs = widget["attrs"]
    begin = "".join([f' {name}="{escape(attrs[name])}"' for name in ("id", "class") if attrs.get(name)])
    options = [one for _group, options, _index in widget["optgroups"] for one in options]
    return f"<div{begin}>{''.join([_choice(one) for one in options])}\n</div>"


def _choice(option: Mapping[str, Any]) -> str:
    of = f' for="{escape(option["attrs"]["id"])}"' if option["attrs"].get("id") else ""
    return f"<div>\n    <label{of}>{draw_input(option)}\n {escape(option['label'])}</label>\n\n</div>"


def _option(option: Mapping[str, Any]) -> str:
    value, label = escape(str(option["value"])), escape(option["label"])
    return f'\n  <option value="{value}"{_attributes(option)}>{label}</option>'


def _attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        [
            f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
            for name, value in widget["attrs"].items()
            if value is not False
        ]
    )


_INPUTS = ("checkbox", "color", "date", "datetime", "email", "hidden", "number", "password", "search", "tel", "text")
DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"django/forms/widgets/{name}.html": draw_input for name in (*_INPUTS, "time", "url")},
    "django/forms/widgets/textarea.html": draw_text,
    "django/forms/widgets/select.html": draw_select,
    "django/forms/widgets/radio.html": draw_choices,
    "django/forms/widgets/checkbox_select.html": draw_choices,
}
"""Name of Django's template → function that renders the same HTML."""
