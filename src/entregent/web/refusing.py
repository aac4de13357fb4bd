"""The answer to an action's refusal that the view itself has not put into words."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from entregent.accounts.request import Request
from entregent.shell.page import page, say_at
from entregent.web.links import to


def refused(request: Request, text: str) -> HttpResponse:
    """Say why nothing was done, on the page that the form was sent from, or on a page of its own."""
    back = _came_from(request)
    if request.method == "POST" and back and back.partition("?")[0] != request.path:
        return say_at(request, back, text, level=messages.ERROR)
    context = {"text": text, "back": back or to(request.by, "home:page")}
    return page(request, "web/refused.html", None, status=422, **context)


def _came_from(request: Request) -> str:
    """Return the path of the page of this account that the request came from, if any."""
    referer = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(referer)
    if not parts.path.startswith(f"/{request.by.account.slug}/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
