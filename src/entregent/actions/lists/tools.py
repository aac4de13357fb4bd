"""The tools of lists: put in one, take out of one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import Tool
from entregent.directory.models import Party

from . import members as list_members

NEEDS = {"p": Can.WRITE_LISTS, "o": Can.WRITE_LISTS}


class KnownListForm(forms.Form):
    """Which of the lists that there are: its id, as a combo box gives it, or its name, which may be a number too."""

    list = forms.CharField(label=_("List"), max_length=150, widget=forms.TextInput(attrs={"data-suggest": "lists"}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asked = data.pop("list", "").strip()
        number = {"list": int(asked)} if asked.isdecimal() and len(asked) < 19 else {}
        is_text = isinstance(self.data.get("list"), str)  # a program's number is an id and nothing else
        return data | number | ({"list_name": asked} if is_text else {})


class ListForm(KnownListForm):
    """Which list, or the name of a new one."""

    def for_account(self, by: Actor) -> None:
        """Say where a list goes that is made on the way, and who will have it."""
        field = self.fields["list"]
        field.widget.attrs["data-create"] = ""
        field.help_text = _(
            "Choose a list, or type the name of a new one: the whole account has it, in the category “%(category)s”; "
            "“Edit” on its page changes that."
        ) % {"category": list_members.first_category(by)}


def _add(by: Actor, parties: Sequence[Party], data: dict[str, Any]) -> Outcome:
    alone = replace(by, course=None)  # a list that is made first is a deed by itself
    found = list_members.list_asked(alone, data, make=True)
    return list_members.add(by, found, parties)


def _remove(by: Actor, parties: Sequence[Party], data: dict[str, Any]) -> Outcome:
    return list_members.remove(by, list_members.list_asked(by, data), parties)


TOOLS = [
    Tool(
        code="list",
        label=_("Add to a list"),
        icon="list-details",
        needs=NEEDS,
        form=ListForm,
        run=_add,
        quick=True,
    ),
    Tool(
        code="unlist",
        label=_("Remove from a list"),
        icon="x",
        needs=NEEDS,
        form=KnownListForm,
        run=_remove,
    ),
]
