"""Who comes in: the holder of a bearer token, and not more often than is fair."""

import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from entregent.accounts.actor import Actor

PER_MINUTE = 600
"""Requests that a user may send in a minute, all their tokens together."""


class TooMany(Exception):
    """The user has sent their share of this minute. ``wait``: seconds until the next one."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class TokenAuth(HttpBearer):
    """The middleware has found whom the token speaks for, and stands in their account; here it is asked for."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        by: Actor | None = getattr(request, "by", None)
        if by is None:
            return None
        _count(by)
        translation.activate(by.language)  # the middleware puts the other one back
        return by


def _count(by: Actor) -> None:
    """Raise `TooMany` when the share of the minute is used up. The shared cache counts for all processes."""
    minute, second = divmod(int(time.time()), 60)
    key = f"api:{by.account.pk}:{by.user_id}:{minute}"
    if cache.add(key, 1, timeout=120):
        return
    if cache.incr(key) > PER_MINUTE:
        raise TooMany(60 - second)
