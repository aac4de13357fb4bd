"""The template context of the frame around every page."""

from django.utils.functional import SimpleLazyObject

from entregent.accounts.request import Request

from .menu import frame_for


def frame(request: Request) -> dict:
    """Return the template context ``frame``; empty on pages outside an account, and for a program with a token.

    It is computed only when a page draws it: fragments for htmx have no frame.
    """
    if getattr(request, "by", None) is None or not request.user.is_authenticated:
        return {}
    return {"frame": SimpleLazyObject(lambda: frame_for(request))}
