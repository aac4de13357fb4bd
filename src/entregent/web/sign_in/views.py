"""What allauth has no page for: the language before one has signed in, and the way back to one's settings."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from entregent.accounts.middleware import LANGUAGE_COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak the posted ``language`` from now on: the user's own once signed in, else a cookie's."""
    chosen = request.POST.get("language", "")
    response = redirect(_inside(request, request.POST.get("next", "")))
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response.set_cookie(
        LANGUAGE_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SECURE_SITE
    )
    return response


def _inside(request: HttpRequest, url: str) -> str:
    """``url`` if it stays on this site (std E17), else the first page."""
    return url if url_has_allowed_host_and_scheme(url, None) else "/"


@login_required
def back_to_security(request: HttpRequest) -> HttpResponse:
    """Where allauth goes when a factor was changed: «Sécurité», in the account one came from."""
    return redirect("/")
