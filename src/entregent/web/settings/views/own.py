"""«Mon profil», the visibility of what one adds, and «Sécurité»: the user's own settings."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from entregent.accounts.audit import events_of
from entregent.accounts.models import User
from entregent.accounts.request import Request
from entregent.actions.members.profile import change_profile
from entregent.actions.visibility.tools import WHO, nobody_named, visibility_of
from entregent.actions.visibility.visibility import prefer
from entregent.shell.page import say
from entregent.web.door import door, saved
from entregent.web.settings.forms import ProfileForm
from entregent.web.subjects import settings_page
from entregent.web.toolbox.asks import AskForm

EVENTS_SHOWN = 20
"""How many of the user's last security events are shown."""


@door(methods=("GET", "POST"))
def profile(request: Request) -> HttpResponse:
    """The user's name, language and appearance."""
    # The form edits a copy, so that refused values don't show in the page's frame.
    user = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and saved(form, lambda: change_profile(user, form.cleaned_data)):
        with override(user.language):
            say(request, _("Your profile is saved."))
        response = redirect(request.path)
        # The theme chosen here replaces the one chosen in this browser.
        response.delete_cookie("theme", samesite="Lax")
        return response
    return settings_page(request, "profile", "profile", form=form)


@door(methods=("GET", "POST"))
def visibility(request: Request) -> HttpResponse:
    """The default visibility of the records that the user adds (B3)."""
    by = request.by
    kept = by.visibility or {"mode": "everyone", "teams": [], "users": []}
    form = AskForm(by, WHO, request.POST or None, check=nobody_named, initial=kept)
    form.fields["mode"].label = _("Who can see what I add")
    if request.method == "POST" and saved(form, lambda: prefer(by, visibility_of(form.cleaned_data))):
        say(request, _("This choice applies to what you add from now on."))
        return redirect(request.path)
    return settings_page(request, "visibility", "visibility", form=form)


@door()
def security(request: Request) -> HttpResponse:
    """Factors, sessions and last events of the signed-in user, even during a preview."""
    request.session["account"] = request.by.account.slug  # allauth's pages return to this account
    context = {
        "email": request.user.email,
        "events": events_of(request.user.pk)[:EVENTS_SHOWN],
        "sessions": UserSession.objects.filter(user_id=request.user.pk).count(),
    }
    return settings_page(request, "security", "security", **_factors(request.user.pk), **context)


def _factors(user_id: int) -> dict[str, Any]:
    """Return the user's second factors, for the template: whether there is an app, how many passkeys and codes."""
    found = Authenticator.objects.filter(user_id=user_id)
    kinds = [factor.type for factor in found]
    codes = next((factor for factor in found if factor.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "totp": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "codes": len(codes.wrap().get_unused_codes()) if codes else 0,
    }
