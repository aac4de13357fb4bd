"""What a view receives."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .actor import Actor
from .models import User


class Request(HttpRequest):
    """A request inside an account, as the middlewares hand it on. Only its type is used: Django makes the object."""

    by: Actor
    user: User
    htmx: HtmxDetails
    session_left: int | None
    """Seconds until the session ends; None when nobody is signed in (sessions.py)."""
