"""allauth's forms with our words: a label stands above its field, and says what it says everywhere."""

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _


class LoginForm(allauth.LoginForm):
    """E-mail and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
