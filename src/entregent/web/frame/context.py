"""What the frame around every page needs: the menu, the search box, the user."""

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict:
    """The template context ``frame``; empty on pages outside an account."""
    return {}
