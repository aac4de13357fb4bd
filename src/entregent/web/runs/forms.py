"""What is asked about a file: which one, and how to read it."""

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("iso-8859-15", "ISO 8859-15 (Latin 9)"),
    ("mac_roman", "Mac Roman"),
    ("cp850", "MS-DOS (850)"),
    ("utf-16", "UTF-16"),
]
DELIMITERS = [(";", _("Semicolon")), (",", _("Comma")), ("\t", _("Tab")), ("|", _("Vertical bar"))]


class FileForm(forms.Form):
    """Which file. A form of its own adds what is in it (``kind``), which names of files it takes, and says so."""

    accept: str
    help_text: str | Promise
    file = forms.FileField(
        label=_("File"),
        error_messages={"empty": _("This file is empty."), "required": _("Choose a file.")},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.UPLOAD_MAX_BYTES
        self.fields["file"].help_text = str(self.help_text)
        self.fields["file"].widget.attrs |= {
            "accept": self.accept,
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
