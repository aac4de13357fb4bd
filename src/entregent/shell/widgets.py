"""Form widgets rendered in Python, for speed: Django's select template includes two more templates per option.

The HTML is identical to that of ``django/forms/widgets/*.html``; a test compares them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape as escape


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
}
"""Name of Django's template → function that renders the same HTML."""
