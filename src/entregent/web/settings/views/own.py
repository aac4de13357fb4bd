"""«Mon profil» and «Sécurité»: what belongs to the user, whatever the account."""

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
from entregent.actions.visibility.tools import VisibilityForm
from entregent.actions.visibility.visibility import prefer
from entregent.shell.page import say
from entregent.web.door import door, saved
from entregent.web.settings.forms import ProfileForm
from entregent.web.subjects import settings_page

SHOWN = 20
"""How many of their last events users read."""


@door(methods=("GET", "POST"))
def profile(request: Request) -> HttpResponse:
    """Names, language and look."""
    # A form on a copy: what was typed and refused must not show in the frame.
    user = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and saved(form, lambda: change_profile(user, form.cleaned_data)):
        with override(user.language):
            say(request, _("Your profile is saved."))
        response = redirect(request.path)
        # The look chosen in this browser gives way to the one chosen here.
        response.delete_cookie("theme", samesite="Lax")
        return response
    return settings_page(request, "profile", "profile", form=form)


@door(methods=("GET", "POST"))
def visibility(request: Request) -> HttpResponse:
    """Who sees what one adds, unless one says otherwise (B3)."""
    by = request.by
    kept = by.visibility or {"mode": "everyone", "teams": [], "users": []}
    form = VisibilityForm(request.POST or None, initial=kept)
    form.for_account(by)
    del form.fields["sure"]
    form.fields["mode"].label = _("Who can see what I add")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        named = {name: data[name] if data["mode"] == "shared" else [] for name in ("teams", "users")}
        if saved(form, lambda: prefer(by, {"mode": data["mode"], **named})):
            say(request, _("Your choice is kept for what you add from now on."))
            return redirect(request.path)
    return settings_page(request, "visibility", "visibility", form=form)


@door()
def security(request: Request) -> HttpResponse:
    """What protects the access of whoever is signed in (in a preview too), and where they are."""
    request.session["account"] = request.by.account.slug  # where allauth's pages lead back to
    found = Authenticator.objects.filter(user_id=request.user.pk)
    kinds = [factor.type for factor in found]
    codes = next((factor for factor in found if factor.type == Authenticator.Type.RECOVERY_CODES), None)
    return settings_page(
        request,
        "security",
        "security",
        email=request.user.email,
        totp=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes=len(codes.wrap().get_unused_codes()) if codes else 0,
        events=events_of(request.user.pk)[:SHOWN],
        sessions=UserSession.objects.filter(user_id=request.user.pk).count(),
    )
