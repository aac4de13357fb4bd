"""The forms before an account: a label stands above its field, and says what it says everywhere."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from entregent.accounts.models import User


class Plain:
    """An allauth form whose fields don't say their label twice: above them, and again inside."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Plain, allauth.LoginForm):
    """E-mail and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["password"].help_text = ""  # the link to a new password stands under the buttons


class ReauthenticateForm(Plain, allauth.ReauthenticateForm):
    """The password once more."""


class ChangePasswordForm(Plain, allauth.ChangePasswordForm):
    """The old password, and the new one twice."""


class SetPasswordForm(Plain, allauth.SetPasswordForm):
    """A first password, twice."""


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):
    """Where to send the link."""


class ResetPasswordKeyForm(Plain, allauth.ResetPasswordKeyForm):
    """A new password, twice."""


class AddEmailForm(Plain, allauth.AddEmailForm):
    """The new address."""


class JoinForm(forms.Form):
    """What someone who was invited says of themselves."""

    first_name = forms.CharField(
        label=_("First name"), max_length=80, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("12 characters at least: a sentence is best."),
    )

    def __init__(self, *args, email: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, and against what is known of its user (std E1)."""
        data = super().clean() or {}
        if data.get("password"):
            names = {key: data.get(key, "") for key in ("first_name", "last_name")}
            try:
                validate_password(data["password"], User(email=self.email, **names))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
