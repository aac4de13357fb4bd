"""Authentication by bearer token, and the rate limit."""

import time
from contextlib import suppress

from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer

from entregent.accounts.actor import Actor

REQUESTS_PER_MINUTE = 600
"""Requests per minute that a user may send with all their tokens together."""


class TooMany(Exception):
    """The user has exceeded the rate limit. ``wait``: seconds until the next minute."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class TokenAuth(HttpBearer):
    """Require a token. The middleware has already set ``request.by`` from it and entered the account."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        by: Actor | None = getattr(request, "by", None)
        if by is None:
            return None
        _count(by)
        return by


def _count(by: Actor) -> None:
    """Count a request, and raise `TooMany` above the limit. The shared cache counts for all processes."""
    minute, second = divmod(int(time.time()), 60)
    key = f"api:{by.account.pk}:{by.user_id}:{minute}"
    if cache.add(key, 1, timeout=120):
        return
    with suppress(ValueError):  # nothing is counted: the disk is full
        if cache.incr(key) > REQUESTS_PER_MINUTE:
            raise TooMany(60 - second)
