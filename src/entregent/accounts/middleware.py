"""Sets each request's actor, language and scope; without a scope no query on an account's data is possible."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from entregent.store.trouble import unless_disk_full

from .actor import Actor, actor_by_token, actor_in
from .models import Token, User
from .models.accounts import REFERENCE_SLUG, RESERVED_SLUGS
from .permissions import Can
from .preview import seen_through
from .scope import inside

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
QUIT_PREVIEW = "/apercu/quitter/"
STYLE_PAGE = f"/{REFERENCE_SLUG}/style/"
LANGUAGE_COOKIE = "language"

TOKEN_TOUCH_INTERVAL = timedelta(minutes=5)
"""Minimum time between two updates of ``Token.last_used_at``: not every read should cost a write."""


class TokenRefused(StrEnum):
    """Why a token that there is is refused."""

    EXPIRED = "expired"
    NO_FACTOR = "no_factor"


def _page_of(request: HttpRequest) -> str:
    """Return the URL to go back to after sign-in.

    For a submitted form, the page it is on, so that what was typed can be restored (std D19); for a part requested
    by htmx, the page around it.
    """
    from_page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
        return request.get_full_path()
    try:
        parts = urlsplit(from_page)
    except ValueError:  # no address at all
        return "/"
    if parts.netloc != request.get_host():
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _of_an_account(first: str, path: str) -> bool:
    """Return whether a path is inside an account: ``/service/`` is the shared directory, its style page is not."""
    if first == REFERENCE_SLUG:
        return not path.startswith(STYLE_PAGE)
    return first not in RESERVED_SLUGS


def _lacks_factor(by: Actor, user: User) -> bool:
    """Return whether the account asks administrators for a second factor, and this one has none (std E3)."""
    return by.account.two_factors and by.may(Can.MANAGE_ACCOUNT) and not is_mfa_enabled(user)


class ActorMiddleware:
    """Sets ``request.by`` (an Actor or None) from the session and the path's first segment, or from a token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.split("/", 2)[1]
        by = self._token_holder(request) if first == "api" else None
        if first and _of_an_account(first, request.path_info):
            if not request.user.is_authenticated:
                return redirect_to_login(_page_of(request))
            by = actor_in(first, request.user.pk)
            if by is None:
                raise Http404
            if _lacks_factor(by, request.user):
                return redirect("factors_needed")
            by = seen_through(request, by)
        request.by = by  # type: ignore[attr-defined]  # see request.py
        if by is None:
            with translation.override(self._language(request)):
                return self.get_response(request)
        with inside(by.account, by.language if first == "api" else self._language(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs: dict) -> None:
        """Drop the ``account`` argument (views use ``request.by``), and refuse any change during a preview.

        Refused here rather than in ``__call__``, so that the error page has the actor's language and the preview.
        """
        kwargs.pop("account", None)
        by = request.by  # type: ignore[attr-defined]
        allowed = request.method in SAFE_METHODS or request.path_info.endswith(QUIT_PREVIEW)
        if by and by.previewer and not allowed:
            raise PermissionDenied

    def _language(self, request: HttpRequest) -> str:
        """Return the signed-in user's language, else the one chosen on the sign-in page, else French.

        The browser's preference is ignored.
        """
        if request.user.is_authenticated:
            return request.user.language
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        return chosen if chosen in ("fr", "en") else "fr"

    def _token_holder(self, request: HttpRequest) -> Actor | None:
        """Return whom the request's token stands for; None with ``request.token_refused`` for one that is refused."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        found = actor_by_token(secret.strip()) if scheme.lower() == "bearer" and secret else None
        if found is None:
            return None
        by, token = found
        if token.expired or _lacks_factor(by, token.membership.user):
            reason = TokenRefused.EXPIRED if token.expired else TokenRefused.NO_FACTOR
            request.token_refused = reason  # type: ignore[attr-defined]
            return None
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > TOKEN_TOUCH_INTERVAL:
            with inside(by.account), unless_disk_full():
                Token.objects.filter(pk=token.pk).update(last_used_at=now)
        return by
