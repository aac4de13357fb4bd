"""The form of a proposed correction."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.actions.service.corrections import CORRECTABLE_FIELDS, LONGEST_CORRECTION, OTHER, RETIRED, value_of
from entregent.directory.parties.reading import Record
from entregent.journal.labels import LABELS

FIELD_WORDS = {
    **{
        name: LABELS[name]
        for name in ("last_name", "first_name", "civility", "name", "email", "phone", "function", "siret")
    },
    "website": _("Website"),
    "street": _("Street"),
    "postal_code": _("Postal code"),
    "city": _("City"),
    RETIRED: _("No longer in office"),
    OTHER: _("Something else"),
}
"""Field that may be corrected → its label."""


class CorrectionForm(forms.Form):
    """A correction of one field. Each choice of a field shows its current value."""

    field = forms.ChoiceField(label=_("What is wrong?"), choices=[])
    proposed = forms.CharField(
        label=_("What it should say"), max_length=LONGEST_CORRECTION, required=False,
        help_text=_("Leave empty to remove the value, or if the person has left."),
    )  # fmt: skip
    comment = forms.CharField(
        label=_("Comment"), max_length=LONGEST_CORRECTION, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("How you know it. The operator reads this: don't write anything private."),
    )  # fmt: skip

    def __init__(self, *args, current: Record, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = []
        for field in CORRECTABLE_FIELDS[current.party.kind]:
            value = value_of(current, field)
            label = str(FIELD_WORDS[field])
            choices.append((field, f"{label} – {value[:80]}" if value else label))
        self.fields["field"].choices = choices
