"""The forms of sign-in and passwords, with the labels that other pages use."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from entregent.accounts.models import User


class Plain:
    """Mixin of allauth's forms that removes placeholders, which repeat the labels."""

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
        self.fields["password"].help_text = ""  # the link to a new password is below the buttons


class ReauthenticateForm(Plain, allauth.ReauthenticateForm):
    """The password, asked again before a sensitive change."""


class ChangePasswordForm(Plain, allauth.ChangePasswordForm):
    """The old password, and the new one twice."""


class SetPasswordForm(Plain, allauth.SetPasswordForm):
    """A first password, twice."""


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):
    """The address to send the reset link to."""


class ResetPasswordKeyForm(Plain, allauth.ResetPasswordKeyForm):
    """A new password after a reset, twice."""


class AddEmailForm(Plain, allauth.AddEmailForm):
    """The user's new e-mail address."""


class JoinForm(forms.Form):
    """The name and password of an invited person who is not a user yet."""

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
        help_text=_("At least 12 characters: a sentence is best."),
    )

    def __init__(self, *args, email: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules, and against the user's name and e-mail address (std E1)."""
        data = super().clean() or {}
        if data.get("password"):
            names = {key: data.get(key, "") for key in ("first_name", "last_name")}
            try:
                validate_password(data["password"], User(email=self.email, **names))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
