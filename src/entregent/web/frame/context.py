"""The template context of the frame around every page."""

from django.utils.functional import SimpleLazyObject

from entregent.accounts.request import Request
from entregent.accounts.words import organisation_word

from .menu import frame_for


def frame(request: Request) -> dict:
    """Return the context ``frame``, and ``word``, the account's noun for organisations.

    Both are missing on pages outside an account, and for a program with a token. The frame is computed only when a
    page draws it: fragments for htmx have none.
    """
    if getattr(request, "by", None) is None or not request.user.is_authenticated:
        return {}
    return {"frame": SimpleLazyObject(lambda: frame_for(request)), "word": organisation_word(request.by.account)}
