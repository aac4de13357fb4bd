"""Previewing the account as another user (X12): read-only, for half an hour, recorded in the journal."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from .actor import Actor, actor_in
from .models import Membership
from .permissions import READ_PERMISSIONS, Can

PREVIEW_KEY = "preview"
PREVIEW_DURATION = timedelta(minutes=30)


def may_preview(by: Actor, member: Membership) -> bool:
    """Whether ``by`` may preview the account as a member: another one, whose permissions they all have themselves."""
    other = Actor.of(member, teams=())
    return by.may(Can.PREVIEW) and other.user_id != by.user_id and other.permissions <= by.permissions


def begin(request: HttpRequest, by: Actor, member: Membership) -> None:
    """Make this session see the account of ``by`` as the member ``member`` does."""
    until = timezone.now() + PREVIEW_DURATION
    request.session[PREVIEW_KEY] = {
        "account": by.account.pk, "slug": by.account.slug, "user": member.user_id, "until": until.timestamp()
    }  # fmt: skip


def end(request: HttpRequest) -> None:
    """End the preview of this session, if any."""
    request.session.pop(PREVIEW_KEY, None)


def previewed(request: HttpRequest) -> str:
    """Return the slug of the account that this session previews; "" if there is no preview."""
    asked = request.session.get(PREVIEW_KEY)
    return asked.get("slug", "") if asked and asked["until"] >= timezone.now().timestamp() else ""


def seen_through(request: HttpRequest, by: Actor) -> Actor:
    """Return the previewed user's actor, or ``by`` if there is no preview.

    The preview ends after half an hour, when ``by`` loses the permission, when the other user leaves or has more
    permissions than ``by``. One without a slug, begun by an earlier version, ends too: it could not be quit. The
    returned actor keeps only those that decide what is shown, so that no changes are offered.
    """
    asked = request.session.get(PREVIEW_KEY)
    if not asked or asked["account"] != by.account.pk:
        return by
    other = actor_in(by.account.slug, asked["user"]) if by.may(Can.PREVIEW) and "slug" in asked else None
    if other is None or not other.permissions <= by.permissions or asked["until"] < timezone.now().timestamp():
        end(request)
        return by
    return replace(other, permissions=other.permissions & READ_PERMISSIONS, previewer=by.name, elsewhere=by.elsewhere)
