"""Keeps answers out of caches, and adapts redirects to htmx."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from .page import htmx_of


class NoStoreMiddleware:
    """Forbids browsers and proxies to store any answer: pages, files, JSON, errors and redirects (std E25).

    It stands inside what serves static files, the only answers that may be stored, and around all else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response


class RedirectMiddleware:
    """Turns a redirect in response to an htmx request into a full-page visit.

    Otherwise the browser would follow it silently and insert a whole page (the sign-in page, say) into a part.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the view's response, with a redirect translated for htmx."""
        response = self.get_response(request)
        htmx = htmx_of(request)
        if htmx and not htmx.boosted and response.status_code in (301, 302, 303):
            visit = HttpResponseClientRedirect(response["Location"])
            visit.cookies = response.cookies
            return visit
        return response
