"""The infobox's filter by kind, author and dates: a form over the timeline's ``Filter``."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.accounts.models import Membership
from entregent.journal.deeds import in_order


class FilterForm(forms.Form):
    """``account``: whether deeds about the account itself may be asked for too."""

    use_required_attribute = False
    deed = forms.ChoiceField(label=_("Kind"), required=False)
    author = forms.ChoiceField(label=_("Author"), required=False)
    since = forms.CharField(label=_("From"), required=False, widget=forms.TextInput({"type": "date"}))
    until = forms.CharField(label=_("To"), required=False, widget=forms.TextInput({"type": "date"}))

    def __init__(self, params: Any, account: bool = False) -> None:
        super().__init__(initial={name: params.get(name, "") for name in self.base_fields}, auto_id="infobox_%s")
        cast(forms.ChoiceField, self.fields["deed"]).choices = [
            ("", _("All kinds")),
            *((deed.code, deed.name) for deed in in_order() if account or not deed.housekeeping),
        ]
        members = Membership.objects.select_related("user").order_by("user__first_name", "user__last_name")
        cast(forms.ChoiceField, self.fields["author"]).choices = [
            ("", _("Everyone")),
            *((one.user_id, str(one)) for one in members),
        ]
