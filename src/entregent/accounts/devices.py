"""Tells users by e-mail of a sign-in from a browser that they never used before (std E21).

A signed cookie keeps, in each browser, who has signed in there; it opens nothing.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .models import User

COOKIE = "__Host-device" if settings.SECURE_SITE else "device"
KEPT_FOR = 400 * 24 * 3600
"""Seconds: the longest time that browsers keep a cookie."""
MOST_USERS = 20


def users_of(request: HttpRequest) -> list[int]:
    """Return the ids of the users who have signed in with this browser, the latest first."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT_FOR)
    except signing.BadSignature:
        return []


def remember(response: HttpResponse, request: HttpRequest, user: User) -> None:
    """Keep in the browser that ``user`` has signed in there."""
    others = [pk for pk in users_of(request) if pk != user.pk]
    kept = signing.dumps([user.pk, *others][:MOST_USERS], salt=COOKIE)
    response.set_cookie(
        COOKIE, kept, max_age=KEPT_FOR, httponly=True, samesite="Lax", secure=settings.SECURE_SITE
    )  # fmt: skip
    if not user.has_device:
        user.has_device = True
        user.save(update_fields=["has_device"])


def is_new(request: HttpRequest, user: User) -> bool:
    """Return whether ``user``, who has just signed in, never did so with this browser.

    Before one has been remembered for them none counts as new: they could not have had the cookie.
    """
    return user.has_device and user.pk not in users_of(request)
