"""What every page needs to say in time that the session ends."""

from django.http import HttpRequest

from entregent.web.links import address


def session(request: HttpRequest) -> dict:
    """The template context ``session_left`` (seconds) and ``session_url``, read by shell/parts/session.html."""
    return {"session_left": getattr(request, "session_left", None), "session_url": address("session")}
