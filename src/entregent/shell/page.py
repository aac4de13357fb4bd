"""Responses of views: a page or a part of it, and the message shown after a change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def page(
    request: HttpRequest, template: str, part: str | None = None, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render `template`, or only its named `part` for an htmx request (manner 17).

    Both have the same URL, context and permission check. Pending messages are sent with a part, since the page
    around it is not rendered again.
    """
    htmx = htmx_of(request)
    asked = htmx and not (htmx.boosted or htmx.history_restore_request)
    response = render(request, f"{template}#{part}" if part and asked else template, context, status=status)
    if asked:
        response.write(render_to_string("shell/parts/messages.html", {"oob": True}, request))
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def htmx_of(request: HttpRequest) -> HtmxDetails | None:
    """Return the request's htmx details, None if it has not passed through the htmx middleware."""
    return getattr(request, "htmx", None)


def say(request: HttpRequest, text: str, undo: str = "", level: int = messages.SUCCESS) -> None:
    """Add a message for the user; `undo`: a URL to POST to in order to undo the change."""
    messages.add_message(request, level, text, extra_tags=undo)


def say_at(request: HttpRequest, url: str, text: str, undo: str = "", level: int = messages.SUCCESS) -> HttpResponse:
    """Redirect to `url`, whose page shows the message; the other arguments are those of `say`."""
    say(request, text, undo, level)
    return redirect(url)
