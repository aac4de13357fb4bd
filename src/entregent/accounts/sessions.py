"""Sessions: stored in the database, ended after a time without activity and after a maximum age (std E7).

Django and allauth end them when the password changes or the user is disabled.
"""

import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from entregent.store.prepared import prepared
from entregent.store.trouble import NOTHING_WRITTEN, trouble_of

from .request import Request

BEGAN_KEY, SEEN_KEY = "began", "seen"
SEEN_INTERVAL = 60
"""Minimum seconds between two updates of the last activity: not every read should cost a write."""


def watches_only(view: Callable) -> Callable:
    """Decorate a view whose GET requests do not count as activity, such as polling for the time left."""
    view.watches_only = True  # type: ignore[attr-defined]
    return view


@prepared
def _alive(key: str, now: datetime) -> QuerySet:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    """Django's session store, with a prepared query for reading, which every page does first."""

    def _get_session_from_db(self) -> Session | None:
        found = _alive(self.session_key, timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None

    def save(self, must_create: bool = False) -> None:
        """Save the session; on a full disk, one of which only the last activity is new may stay as it was."""
        try:
            super().save(must_create)
        except UpdateError as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise  # it was deleted meanwhile: Django calls every other reason that too
            if trouble not in NOTHING_WRITTEN or self._changed():
                raise DatabaseError from error

    def _changed(self) -> bool:
        """Return whether more than the last activity differs from what is stored."""
        found = _alive(self.session_key, timezone.now())
        stored = self.decode(found[0].session_data) if found else {}
        return any(stored.get(key) != self.get(key) for key in {*stored, *self.keys()} - {BEGAN_KEY, SEEN_KEY})


class SessionLifeMiddleware:
    """Ends expired sessions; sets ``request.session_left`` to the seconds left, None if not signed in."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.session_left = self._left(request)
        if request.session_left is not None and request.session_left <= 0:
            logout(request)
            request.session_left = None
        return self.get_response(request)

    def process_view(self, request: Request, view: Callable, args, kwargs) -> None:
        """Record the activity, unless the view is marked ``watches_only``."""
        if request.session_left is None or (request.method == "GET" and getattr(view, "watches_only", False)):
            return
        now = int(time.time())
        if now - request.session.get(SEEN_KEY, 0) >= SEEN_INTERVAL:
            request.session.setdefault(BEGAN_KEY, now)
            request.session[SEEN_KEY] = now
        request.session_left = self._left(request)

    def _left(self, request: Request) -> int | None:
        """Return the seconds until the session ends, by inactivity or by age, whichever comes first."""
        if SESSION_KEY not in request.session:
            return None
        now = int(time.time())
        sleeps = request.session.get(SEEN_KEY, now) + settings.SESSION_IDLE - now
        ages = request.session.get(BEGAN_KEY, now) + settings.SESSION_COOKIE_AGE - now
        return min(sleeps, ages)
