"""The toolbox's forms, with the account's own suggestions and words."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word
from entregent.actions.toolbox.toolbox import Tool
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party
from entregent.web.links import to


class ChooseForm(forms.Form):
    """Whom an action is about, when nobody was ticked."""

    ids = forms.CharField(max_length=2000, widget=forms.TextInput(attrs={"data-several": ""}))

    def __init__(self, by: Actor, kind: str, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ids"]
        field.label = _("Contacts") if kind == "p" else organisation_word(by.account).Many
        field.widget.attrs["data-suggest"] = "contacts" if kind == "p" else "organisations"
        field.error_messages["required"] = _("Choose at least one.")
        suggest(by, self)


_NAMED = {
    "organisations": Party.readable.visible_to,
    "contacts": Party.readable.visible_to,
    "lists": seen_lists,
}


def form_of(by: Actor, tool: Tool, *args, initial: dict[str, Any] | None = None) -> forms.Form | None:
    """The form of what a tool asks, ready for this account; ``initial``: what is proposed."""
    if tool.form is None:
        return None
    form = tool.form(*args, initial=initial)
    if hasattr(form, "for_account"):
        form.for_account(by)
    if "organisation" in form.fields:
        form.fields["organisation"].label = organisation_word(by.account).One
    suggest(by, form)
    return form


def suggest(by: Actor, form: forms.Form) -> None:
    """Give each field marked ``data-suggest`` its combo box, and show what it holds by name."""
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
    """The records or lists that a field holds by their ids, for a combo box that is shown again."""
    ids = [int(word) for word in value.split(",") if word.isdecimal() and len(word) < 19]
    found = _NAMED[what](by).filter(pk__in=ids).values_list("pk", "name") if ids else []
    return [{"value": str(pk), "text": name} for pk, name in found]
