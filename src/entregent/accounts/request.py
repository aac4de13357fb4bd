"""The request that views receive."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .actor import Actor
from .failures import Failure
from .models import User


class Request(HttpRequest):
    """The type of a request inside an account, with what the middlewares add. Never instantiated."""

    by: Actor
    user: User
    htmx: HtmxDetails
    session_left: int | None
    """Seconds until the session ends; None if nobody is signed in (sessions.py)."""
    failure: Failure
    """Only if the request failed on our side (failures.py)."""
