"""What htmx needs from every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from .page import htmx_of


class RedirectMiddleware:
    """A redirection asked by htmx becomes a visit of the whole page.

    The browser would else follow it silently and put a whole page (the sign-in page, say) inside a part.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view did, its redirection translated for htmx."""
        response = self.get_response(request)
        htmx = htmx_of(request)
        if htmx and not htmx.boosted and response.status_code in (301, 302, 303):
            visit = HttpResponseClientRedirect(response["Location"])
            visit.cookies = response.cookies
            return visit
        return response
