"""The context that lets every page warn before the session ends."""

from django.http import HttpRequest

from entregent.web.links import address


def session(request: HttpRequest) -> dict:
    """Return the template context ``session_left`` (seconds) and ``session_url``, for shell/parts/session.html."""
    return {"session_left": getattr(request, "session_left", None), "session_url": address("session")}
