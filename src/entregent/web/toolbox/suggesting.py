"""The combo boxes of the toolbox's forms."""

import json

from django import forms

from entregent.accounts.actor import Actor
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party
from entregent.kernel.ids import read_ids
from entregent.web.links import to

_NAMED = {
    "organisations": Party.readable.visible_to,
    "contacts": Party.readable.visible_to,
    "lists": seen_lists,
}


def suggest(by: Actor, form: forms.Form) -> None:
    """Give each field marked ``data-suggest`` a combo box that shows its values by name."""
    for name, field in form.fields.items():
        attrs = field.widget.attrs
        if what := attrs.get("data-suggest"):
            attrs |= {"data-combobox": "", "data-url": to(by, f"suggest:{what}")}
            if what == "tags":
                attrs["data-create"] = ""
            if what in _NAMED:
                shown = _named(by, what, str(form[name].value() or ""))
                if shown:
                    attrs["data-data"] = json.dumps(shown)


def _named(by: Actor, what: str, value: str) -> list[dict[str, str]]:
    """Return value and text of the records or lists whose ids a field holds."""
    ids = read_ids(value.split(","))
    found = _NAMED[what](by).filter(pk__in=ids).values_list("pk", "name") if ids else []
    return [{"value": str(pk), "text": name} for pk, name in found]
