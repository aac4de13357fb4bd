"""What the frame around every page needs: the menu, the search box, the user."""

from django.utils.functional import SimpleLazyObject

from entregent.accounts.request import Request

from .menu import frame_for


def frame(request: Request) -> dict:
    """The template context ``frame``; empty on pages outside an account, and for a program with a token.

    Made only when a page draws it: the part that htmx asks for has no frame around it.
    """
    if getattr(request, "by", None) is None or not request.user.is_authenticated:
        return {}
    return {"frame": SimpleLazyObject(lambda: frame_for(request))}
