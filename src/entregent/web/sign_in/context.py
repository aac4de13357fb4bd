"""The context that lets every page warn before the session ends, and leave a preview."""

from django.http import HttpRequest

from entregent.accounts.preview import previewed
from entregent.web.links import address


def session(request: HttpRequest) -> dict:
    """Return ``session_left`` (seconds) and ``session_url``, for shell/parts/session.html, and ``quit_preview_url``.

    The latter leaves the preview, wherever one is; "" if there is none.
    """
    user = getattr(request, "user", None)  # none yet for a request that a middleware refuses
    slug = previewed(request) if user and user.is_authenticated else ""
    return {
        "session_left": getattr(request, "session_left", None),
        "session_url": address("session"),
        "quit_preview_url": address("preview:quit", slug) if slug else "",
    }
