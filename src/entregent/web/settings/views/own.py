"""The user's own settings: «Mon profil», the visibility of what one adds, «Sécurité», «Jetons d’API»."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override

from entregent.accounts.audit import events_of
from entregent.accounts.models import Token, User
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.members.profile import change_profile
from entregent.actions.members.tokens import create_token, revoke_token
from entregent.actions.visibility.tools import WHO, nobody_named, visibility_of
from entregent.actions.visibility.visibility import prefer
from entregent.shell.page import say_at
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.settings.forms import ProfileForm, TokenForm
from entregent.web.subjects import confirm, settings_page
from entregent.web.toolbox.asks import AskForm

EVENTS_SHOWN = 20
"""How many of the user's last security events are shown."""


@door(methods=("GET", "POST"))
def profile(request: Request) -> HttpResponse:
    """The user's name, language and appearance."""
    # The form edits a copy, so that refused values don't show in the page's frame.
    user = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=user)
    if saved(form, lambda: change_profile(user, form.cleaned_data)):
        with override(user.language):
            response = say_at(request, request.path, _("Your profile is saved."))
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
    if saved(form, lambda: prefer(by, visibility_of(form.cleaned_data))):
        return say_at(request, request.path, _("This choice applies to what you add from now on."))
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


@door(Can.USE_API)
def tokens(request: Request) -> HttpResponse:
    """The user's own tokens."""
    mine = Token.objects.filter(membership_id=request.by.membership_id)
    return settings_page(request, "tokens", "tokens", tokens=mine)


@door(Can.USE_API, methods=("GET", "POST"))
def token_new(request: Request) -> HttpResponse:
    """Create a token. Its secret is shown in this response and never again."""
    form = TokenForm(request.POST or None)
    if made := saved(form, lambda: create_token(request.by, **form.cleaned_data)):
        token, secret = made
        return settings_page(request, "tokens", "token_made", token=token, secret=secret)
    return settings_page(request, "tokens", "token_new", form=form)


@door(Can.USE_API, methods=("GET", "POST"))
def token_revoke(request: Request, pk: int) -> HttpResponse:
    """Revoke a token."""
    token = get_object_or_404(Token, pk=pk, membership_id=request.by.membership_id)
    return confirm(
        request,
        back=to(request.by, "settings:tokens"),
        do=lambda: revoke_token(request.by, token),
        heading=_("Revoke the token “%(name)s”?") % {"name": token.name},
        text=_("The program that uses it will be refused from now on."),
        submit=_("Revoke"),
        done=_("The token “%(name)s” is revoked.") % {"name": token.name},
    )
