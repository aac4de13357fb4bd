"""Looking at the account as another user does (X12): read alone, for half an hour, and told in the journal."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from .actor import Actor, actor_in
from .models import Membership
from .permissions import READING, Can

KEY = "preview"
LASTS = timedelta(minutes=30)


def begin(request: HttpRequest, by: Actor, place: Membership) -> None:
    """Let this session see the account of ``by`` as the member ``place`` does."""
    until = timezone.now() + LASTS
    request.session[KEY] = {"account": by.account.pk, "user": place.user_id, "until": until.timestamp()}


def end(request: HttpRequest) -> None:
    """Let this session see the account as its own user does."""
    request.session.pop(KEY, None)


def seen_through(request: HttpRequest, by: Actor) -> Actor:
    """``by``, or the user whose eyes they look through: only while both are what they were when it began.

    Of that user's permissions only those remain that decide what is shown: what changes something is not offered.
    """
    asked = request.session.get(KEY)
    if not asked or asked["account"] != by.account.pk:
        return by
    other = actor_in(by.account.slug, asked["user"]) if by.may(Can.PREVIEW) else None
    if other is None or asked["until"] < timezone.now().timestamp():
        end(request)
        return by
    return replace(other, permissions=other.permissions & READING, previewer=by.name, elsewhere=by.elsewhere)
