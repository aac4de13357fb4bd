"""What an action was asked to do, in the words of its own form: «Balises : presse»."""

import json
from typing import Any

from django.forms import BoundField

from entregent.accounts.actor import Actor
from entregent.actions.standing.tools import NOBODY
from entregent.actions.toolbox.toolbox import Tool

from .forms import form_of


def asked(by: Actor, tool: Tool, data: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and words of each field of the form that says something; ``data``: what it gave when it was sent."""
    form = form_of(by, tool, initial={name.removesuffix("_name"): value for name, value in data.items()})
    pairs = [(str(field.label), _words(field)) for field in form.visible_fields()] if form else []
    return [(label, words) for label, words in pairs if words]


def _words(field: BoundField) -> str:
    """What was chosen, by the name that it has in the form."""
    value, widget = field.value(), field.field.widget
    if isinstance(value, bool):  # a tick that makes sure, and says nothing of its own
        return ""
    named = {str(key): str(word) for key, word in getattr(widget, "choices", ())}
    named |= {one["value"]: one["text"] for one in json.loads(widget.attrs.get("data-data", "[]"))}
    if not value:
        return named.get(NOBODY, "")
    return ", ".join(named.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))
