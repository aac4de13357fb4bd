"""The form of a tool, with a form field for each type of ask; its values in words; the form of its records."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word
from entregent.actions.toolbox import asks, asks_named
from entregent.actions.toolbox.asks import Ask
from entregent.actions.toolbox.toolbox import Data, Tool
from entregent.directory.kinds import KINDS
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import Invalid, Problem, problem_of
from entregent.directory.models import Party
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_ids
from entregent.web.door import add_problems
from entregent.web.links import suggesting
from entregent.web.words import plural

FEW = 5
"""Show up to this many choices as radio buttons, more as a list."""
Maker = Callable[[Actor, Any], forms.Field]


class AskForm(forms.Form):
    """The form of a tool. If valid, ``cleaned_data`` holds the values for ``Tool.run``."""

    def __init__(
        self,
        by: Actor,
        asked: Sequence[Ask],
        given: Mapping[str, Any] | None = None,
        *,
        check: Callable[[Actor, Data], list[Problem]] | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(given, initial=initial)
        self.by, self.asked, self.check = by, asked, check
        for ask in asked:
            field = MAKERS[type(ask)](by, ask)
            field.label, field.required, field.help_text = label_of_ask(by, ask), ask.required, ask.hint(by)
            self.fields[ask.name] = field
        _name_chosen(by, self)

    def clean(self) -> Data:
        given, data = super().clean() or {}, {}
        for ask in self.asked:
            try:
                data[ask.name] = ask.read(self.by, given[ask.name]) if ask.name in given else ask.empty
            except Bad as bad:
                self.add_error(ask.name, problem_of(ask.name, bad).message)
        if self.check and not self.errors:
            add_problems(self, Invalid(self.check(self.by, data)))
        return data


class ChooseForm(forms.Form):
    """The records to run a tool on, if none were selected."""

    def __init__(self, by: Actor, kind: str, given: Mapping[str, Any] | None) -> None:
        super().__init__(given)
        field = self.fields["ids"] = _combobox(by, KINDS[kind].many, several=True, limit=2000)
        field.label = plural(by, kind)
        field.error_messages["required"] = _("Choose at least one.")
        _name_chosen(by, self)


def form_of(by: Actor, tool: Tool, given: Mapping[str, Any] | None, address: Mapping[str, Any]) -> AskForm | None:
    """Return the form of a tool; None if it asks for nothing. ``address``: query parameters that may pre-fill it."""
    if not tool.ask:
        return None
    proposed = {ask.name: address[ask.proposed] for ask in tool.ask if ask.proposed in address}
    return AskForm(by, tool.ask, given, check=tool.check, initial=proposed)


def label_of_ask(by: Actor, ask: Ask) -> str:
    """Return the label of an ask; an organisation's is the account's word."""
    return organisation_word(by.account).One if isinstance(ask, asks_named.Organisation) else str(ask.label)


def asked(by: Actor, tool: Tool, kept: dict[str, Any]) -> list[tuple[str, str]]:
    """Return label and words of each value that is not empty; ``kept``: the values that a job stored.

    Values stored by an earlier version that can't be read are left out, so that pages of old jobs still work.
    """
    try:
        data = tool.restored(kept)
    except Bad:
        return []
    pairs = [(label_of_ask(by, ask), ask.said(by, data[ask.name])) for ask in tool.ask if ask.name in data]
    return [(label, words) for label, words in pairs if words]


def _line(by: Actor, ask: asks.Text) -> forms.Field:
    return forms.CharField(max_length=ask.limit)


def _long(by: Actor, ask: asks.LongText) -> forms.Field:
    return forms.CharField(max_length=ask.limit, widget=forms.Textarea(attrs={"rows": 2}))


def _day(by: Actor, ask: asks.Day) -> forms.Field:
    return forms.CharField(max_length=20, widget=forms.DateInput(attrs={"type": "date"}))


def _moment(by: Actor, ask: asks.Moment) -> forms.Field:
    return forms.CharField(max_length=40, widget=forms.TextInput(attrs={"type": "datetime-local"}))


def _tick(by: Actor, ask: asks.Flag) -> forms.Field:
    return forms.BooleanField()


def _choice(by: Actor, ask: asks.Choice) -> forms.Field:
    choices = ask.choices(by)
    if len(choices) <= FEW:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
    return forms.ChoiceField(choices=[("", _("Choose…")), *choices])


def _select(by: Actor, ask: Ask) -> forms.Field:
    return forms.CharField(widget=forms.Select(choices=[("", _("Choose…")), *ask.choices(by)]))


def _several(by: Actor, ask: asks_named.Users) -> forms.Field:
    widget = forms.SelectMultiple({"data-combobox": ""})
    return forms.MultipleChoiceField(choices=ask.choices(by), widget=widget)


def _combobox(by: Actor, what: str, *, several: bool = False, new: bool = False, limit: int = 300) -> forms.Field:
    attrs = {"data-suggest": what} | suggesting(by, what, new=new) | ({"data-several": ""} if several else {})
    return forms.CharField(max_length=limit, widget=forms.TextInput(attrs))


def _name_chosen(by: Actor, form: forms.Form) -> None:
    """Let the combo boxes of records and lists show by name those whose ids they hold."""
    found = {"organisations": Party.readable.visible_to, "contacts": Party.readable.visible_to, "lists": seen_lists}
    for name, field in form.fields.items():
        what = field.widget.attrs.get("data-suggest")
        if what in found and (ids := read_ids(str(form[name].value() or "").split(","))):
            named = found[what](by).filter(pk__in=ids).values_list("pk", "name")
            field.widget.attrs["data-data"] = json.dumps([{"value": str(pk), "text": text} for pk, text in named])


def _item(by: Actor, ask: asks_named.Item) -> forms.Field:
    return _combobox(by, ask.of, new=True, limit=150) if ask.new else _select(by, ask)


MAKERS: dict[type[Ask], Maker] = {
    asks.Text: _line,
    asks.LongText: _long,
    asks.Day: _day,
    asks.Moment: _moment,
    asks.Flag: _tick,
    asks.Choice: _choice,
    asks.Tags: lambda by, ask: _combobox(by, "tags", several=True, new=True, limit=ask.limit),
    asks_named.Id: lambda by, ask: forms.IntegerField(min_value=1, widget=forms.HiddenInput),
    asks_named.User: _select,
    asks_named.Users: _several,
    asks_named.Teams: _several,
    asks_named.Parties: lambda by, ask: _combobox(by, KINDS[ask.kind].many, several=True, limit=2000),
    asks_named.Organisation: lambda by, ask: _combobox(by, "organisations", new=True),
    asks_named.InList: lambda by, ask: _combobox(by, "lists", new=ask.new, limit=150),
    asks_named.Item: _item,
}
"""Type of ask → the function that makes its form field."""
