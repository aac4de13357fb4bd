"""What the import's pages ask."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.exchange.models import Import
from entregent.web.links import to

KINDS = [
    ("guess", _("Guess from the columns")),
    ("contacts", _("People, with their organisations if the file has them")),
    ("organisations", _("Organisations only")),
]
ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("iso-8859-15", "ISO 8859-15 (Latin 9)"),
    ("mac_roman", "Mac Roman"),
    ("cp850", "MS-DOS (850)"),
    ("utf-16", "UTF-16"),
]
DELIMITERS = [(";", _("Semicolon")), (",", _("Comma")), ("\t", _("Tab")), ("|", _("Vertical bar"))]
ON_DUPLICATE = [
    (Import.OnDuplicate.COMPLETE, _("Complete the record: only what it lacks is added")),
    (Import.OnDuplicate.REPLACE, _("Replace: what the file says takes the place of what was there")),
    (Import.OnDuplicate.SKIP, _("Skip the row: the record stays as it is")),
    (Import.OnDuplicate.CREATE, _("Create another record all the same")),
]


class UploadForm(forms.Form):
    """Which file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, Excel (.xlsx), OpenDocument (.ods) or vCard (.vcf). Nothing is written before you say so."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods,.vcf,.vcard"}),
        error_messages={"empty": _("This file is empty."), "required": _("Choose a file.")},
    )
    kind = forms.ChoiceField(label=_("What is in it"), choices=KINDS, initial="guess", widget=forms.RadioSelect)

    into = forms.CharField(
        label=_("Put all of them in a list"),
        max_length=150,
        required=False,
        help_text=_("Choose a list, or type the name of a new one. Leave it empty to put them in none."),
    )

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
        limit = settings.UPLOAD_MAX_BYTES
        self.fields["file"].widget.attrs |= {
            "data-max-bytes": limit,
            "data-too-large": _("This file is over %(limit)s MB. Cut it in several, or use the command line.")
            % {"limit": limit // 1024**2},
        }


class ReadingForm(forms.Form):
    """How to read a text file, where the guess was wrong."""

    encoding = forms.ChoiceField(label=_("Character encoding"), choices=ENCODINGS, required=False)
    delimiter = forms.ChoiceField(label=_("Separator"), choices=DELIMITERS, required=False)
    has_header = forms.BooleanField(label=_("The first row names the columns"), required=False)
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    def __init__(self, *args, sheets: list[str], text: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if text:
            del self.fields["sheet"]
        else:
            del self.fields["encoding"], self.fields["delimiter"]
            self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
            if len(sheets) < 2:
                del self.fields["sheet"]
