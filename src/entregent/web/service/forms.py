"""What the operator's pages ask."""

import zoneinfo

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from entregent.accounts.models import Account
from entregent.kernel.countries import countries
from entregent.web.runs.files import FileForm


class AccountForm(forms.Form):
    """A new account, and who rules it first."""

    name = forms.CharField(
        label=_("Name of the account"), max_length=120, widget=forms.TextInput({"autofocus": True})
    )
    slug = forms.CharField(
        label=_("Address"), max_length=40,
        help_text=_("The first word of its pages' addresses: small letters, digits and hyphens. It never changes."),
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-mail of its first administrator"), max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("They get a link, good for seven days, and invite the others."),
    )  # fmt: skip
    organisation_word = forms.ChoiceField(
        label=_("Its word for organisations"), choices=Account.OrganisationWord.choices, widget=forms.RadioSelect,
        initial=Account.OrganisationWord.ORGANISME,
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), initial="FR")
    timezone = forms.ChoiceField(
        label=_("Time zone"), initial="Europe/Paris",
        choices=[(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name],
        widget=forms.Select({"data-combobox": ""}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries(get_language() or "fr")


class SyncForm(FileForm):
    """The file to bring the shared directory up to date with."""

    accept = ".csv,.txt,.tsv,.xlsx,.ods"
    help_text = _("CSV, Excel (.xlsx) or OpenDocument (.ods), with a column of identifiers. Nothing is written yet.")
    kind = forms.ChoiceField(
        label=_("What is in it"), initial="guess", widget=forms.RadioSelect,
        choices=[
            ("guess", _("Guess from the columns")),
            ("organisations", pgettext_lazy("file", "Organisations")),
            ("contacts", _("People, with the identifier of their organisation and their function")),
        ],
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What the account reads beside the answer."""

    text = forms.CharField(
        label=_("Answer to the account"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("They read it with their proposal."),
    )  # fmt: skip
