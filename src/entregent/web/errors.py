"""The pages of what can't be answered: a failure on our side, too many requests, an address that only takes forms."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from entregent.accounts.failures import RETRY_SECONDS, failed
from entregent.web.links import address

LIMIT_SECONDS = 60
"""allauth's limits that end here count the requests of a minute."""


def failure(request: HttpRequest) -> HttpResponse:
    """Say what failed, what was kept, and the reference under which the log tells more.

    Without the frame and what else asks the database: it may be what failed. The exit from a preview is offered where
    the account is known already.
    """
    told, by = failed(request), getattr(request, "by", None)
    context = {"failure": told, "csrf_token": get_token(request)}
    if by and by.previewer:
        context["quit_preview_url"] = address("preview:quit", by.account.slug)
    response = HttpResponse(render_to_string("500.html", context), status=told.status)
    if told.trouble:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    """Say after how long one may try again."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(LIMIT_SECONDS)
    return response


class NotAllowedMiddleware:
    """Gives the empty answer of an address that only takes forms (405) a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and request.method != "HEAD":
            response.content = render(request, "405.html").content
        return response
