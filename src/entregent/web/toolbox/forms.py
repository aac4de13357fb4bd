"""The form to choose the records of a tool."""

from django import forms
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.directory.kinds import KINDS
from entregent.web.nouns import plural

from .suggesting import suggest


class ChooseForm(forms.Form):
    """The records to run a tool on, if none were selected."""

    ids = forms.CharField(max_length=2000, widget=forms.TextInput(attrs={"data-several": ""}))

    def __init__(self, by: Actor, kind: str, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ids"]
        field.label = plural(by, kind)
        field.widget.attrs["data-suggest"] = KINDS[kind].many
        field.error_messages["required"] = _("Choose at least one.")
        suggest(by, self)
