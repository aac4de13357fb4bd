"""Pages that allauth lacks: the choice of accounts after sign-in, the language, how long the session lasts."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from entregent.accounts.actor import places_of
from entregent.accounts.middleware import LANGUAGE_COOKIE
from entregent.accounts.request import Request
from entregent.accounts.sessions import watches_only
from entregent.shell.page import page

YEAR = 365 * 24 * 3600


@login_required
def first(request: Request) -> HttpResponse:
    """Redirect «/» to the user's only account, else to the choice of accounts."""
    places = places_of(request.user.pk)
    return redirect("home:page", places[0].account.slug) if len(places) == 1 else redirect("accounts")


@login_required
def accounts(request: Request) -> HttpResponse:
    """The accounts that the user belongs to."""
    return page(request, "web/sign_in/accounts.html", places=places_of(request.user.pk))


@login_required
def back_to_security(request: Request) -> HttpResponse:
    """Redirect to «Sécurité» in the account that the user came from. allauth goes here after a change of factors."""
    slugs = [place.account.slug for place in places_of(request.user.pk)]
    slug = request.session.get("account")
    if slug not in slugs and len(slugs) != 1:
        return redirect("accounts")
    return redirect("settings:security", slug if slug in slugs else slugs[0])


@login_required
def factors_needed(request: Request) -> HttpResponse:
    """Ask an administrator for a second factor, which the account requires (std E3)."""
    return page(request, "web/sign_in/factors_needed.html")


@require_POST
def language(request: Request) -> HttpResponse:
    """Switch to the posted ``language``: saved on the user if signed in, and in a cookie."""
    chosen, url = request.POST.get("language", ""), request.POST.get("next", "")
    # std E17: redirect only within this site.
    response = redirect(url if url_has_allowed_host_and_scheme(url, None) else "/")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response.set_cookie(
        LANGUAGE_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SECURE_SITE
    )
    return response


@watches_only
@require_http_methods(["GET", "POST"])
def session(request: Request) -> HttpResponse:
    """Return how many seconds the session has left. A POST prolongs it, a GET doesn't."""
    return JsonResponse({"left": request.session_left or 0})
