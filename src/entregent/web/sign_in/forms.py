"""allauth's forms of sign-in, passwords, second factors and passkeys, with our labels; the form to join."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.base.forms import AuthenticateForm as Authenticate
from allauth.mfa.base.forms import ReauthenticateForm as Reauthenticate
from allauth.mfa.totp.forms import ActivateTOTPForm as ActivateApp
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AddKey
from allauth.mfa.webauthn.forms import EditWebAuthnForm as EditKey
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entregent.accounts.models import Invitation, User
from entregent.accounts.resetting import ask
from entregent.actions.members.tokens import revoke_all, tokens_of


class Plain:
    """Mixin of allauth's forms that sets ``labels``, and removes placeholders, which repeat the labels."""

    labels: Mapping[str, Promise] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name, label in self.labels.items():
            self.fields[name].label = label


class LoginForm(Plain, allauth.LoginForm):
    """E-mail and password."""

    labels = {"login": _("Email")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["password"].help_text = ""  # the link to a new password is below the buttons

    def clean(self) -> dict[str, Any]:
        """Tell a wrong pair at the password, which has the focus then: most people mistyped it."""
        try:
            return super().clean()
        except forms.ValidationError as wrong:
            self.add_error("password", wrong)
            return self.cleaned_data


class ReauthenticateForm(Plain, allauth.ReauthenticateForm):
    """The password, asked again before a sensitive change."""


class Revoking(Plain):
    """Mixin of the forms of a new password: asks whether the user's API tokens, which know no password, go too."""

    user: User

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        count = len(tokens_of(self.user.pk)) if self.user else 0
        if count:
            label = ngettext("Also revoke my API token", "Also revoke my %(count)d API tokens", count)
            self.fields["revoke_tokens"] = forms.BooleanField(
                label=label % {"count": count},
                required=False,
                help_text=_(
                    "Programs that use them go on without the password. "
                    "Tick it if somebody else may know the old one."
                ),
            )

    def save(self) -> None:
        super().save()  # type: ignore[misc]
        if self.cleaned_data.get("revoke_tokens"):  # type: ignore[attr-defined]
            revoke_all(self.user.pk)


class ChangePasswordForm(Revoking, allauth.ChangePasswordForm):
    """The old password, and the new one twice."""


class SetPasswordForm(Revoking, allauth.SetPasswordForm):
    """A first password, twice."""


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):
    """The address to send the reset link to. Whose it is, is found out by the worker (accounts/resetting.py)."""

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, request: HttpRequest, **kwargs) -> str:
        ask(self.cleaned_data["email"])
        return self.cleaned_data["email"]


class ResetPasswordKeyForm(Revoking, allauth.ResetPasswordKeyForm):
    """A new password after a reset, twice."""


class AddEmailForm(Plain, allauth.AddEmailForm):
    """The user's new e-mail address."""


class CodeForm(Plain, Authenticate):
    """The code of the second factor, at sign-in."""


class CodeAgainForm(Plain, Reauthenticate):
    """The code of the second factor, asked again before a sensitive change."""


class AppForm(Plain, ActivateApp):
    """The first code of an authenticator app."""

    labels = {"code": _("Code that the app shows")}


class PasskeyForm(Plain, AddKey):
    """A new passkey, which by default replaces the password."""

    labels = {"name": _("Name"), "passwordless": _("Sign in without a password")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "Your device then asks for a fingerprint, a face or its code. Unticked: only a second factor."
        )


class PasskeyNameForm(Plain, EditKey):
    """A passkey's name."""

    labels = {"name": _("Name")}


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

    def __init__(self, *args, offer: Invitation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules, and against the user's name and e-mail address (std E1)."""
        data = super().clean() or {}
        if data.get("password"):
            names = {key: data.get(key, "") for key in ("first_name", "last_name")}
            try:
                user = User(email=self.offer.email, **names)
                user.joining = (self.offer.account,)  # type: ignore[attr-defined]  # see passwords.py
                validate_password(data["password"], user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
