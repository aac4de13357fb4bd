"""allauth's forms of second factors and passkeys, with our labels."""

from allauth.mfa.base.forms import AuthenticateForm as Authenticate
from allauth.mfa.base.forms import ReauthenticateForm as Reauthenticate
from allauth.mfa.totp.forms import ActivateTOTPForm as ActivateApp
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AddKey
from allauth.mfa.webauthn.forms import EditWebAuthnForm as EditKey
from django.utils.translation import gettext_lazy as _

from .forms import Plain


class CodeForm(Plain, Authenticate):
    """The code of the second factor, at sign-in."""


class CodeAgainForm(Plain, Reauthenticate):
    """The code of the second factor, asked again before a sensitive change."""


class AppForm(Plain, ActivateApp):
    """The first code of an authenticator app."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows")


class PasskeyForm(Plain, AddKey):
    """A new passkey, which by default replaces the password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        without = self.fields["passwordless"]
        without.initial = True
        without.label = _("Sign in without a password")
        without.help_text = _(
            "Your device then asks for a fingerprint, a face or its code. Unticked: only a second factor."
        )


class PasskeyNameForm(Plain, EditKey):
    """A passkey's name."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
