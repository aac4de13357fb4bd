"""What the import's pages ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.exchange.models import Import
from entregent.web.links import to
from entregent.web.runs.files import FileForm

KINDS = [
    ("guess", _("Guess from the columns")),
    ("contacts", _("People, with their organisations if the file has them")),
    ("organisations", _("Organisations only")),
]
ON_DUPLICATE = [
    (Import.OnDuplicate.COMPLETE, _("Complete the record: only what it lacks is added")),
    (Import.OnDuplicate.REPLACE, _("Replace: what the file says takes the place of what was there")),
    (Import.OnDuplicate.SKIP, _("Skip the row: the record stays as it is, but for a refusal of mailings")),
    (Import.OnDuplicate.CREATE, _("Create another record all the same")),
]


class UploadForm(FileForm):
    """Which file, and where its people go."""

    kind = forms.ChoiceField(label=_("What is in it"), choices=KINDS, initial="guess", widget=forms.RadioSelect)
    into = forms.CharField(
        label=_("Put all of them in a list"),
        max_length=150,
        required=False,
        help_text=_("Choose a list, or type the name of a new one. Leave it empty to put them in none."),
    )
    accept = ".csv,.txt,.tsv,.xlsx,.ods,.vcf,.vcard"
    help_text = _("CSV, Excel (.xlsx), OpenDocument (.ods) or vCard (.vcf). Nothing is written before you say so.")

    def __init__(self, by: Actor, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if by.may(Can.WRITE_LISTS):
            self.fields["into"].widget.attrs |= {
                "data-combobox": "",
                "data-create": "",
                "data-url": to(by, "suggest:lists"),
            }
        else:
            del self.fields["into"]
