"""What a view ends with: a page or a part of it, and the word said after a change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def page(
    request: HttpRequest, template: str, part: str | None = None, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with `template`, or with its named `part` when htmx asks (manner 17).

    Same address, same context and same permission check for both; pending messages travel with a part, since
    the page around it is not drawn again.
    """
    htmx = htmx_of(request)
    asked = htmx and not (htmx.boosted or htmx.history_restore_request)
    response = render(request, f"{template}#{part}" if part and asked else template, context, status=status)
    if asked:
        response.write(render_to_string("shell/parts/messages.html", {"oob": True}, request))
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def htmx_of(request: HttpRequest) -> HtmxDetails | None:
    """Return what htmx told of this request, None where its middleware did not see it."""
    return getattr(request, "htmx", None)


def say(request: HttpRequest, text: str, undo: str = "", level: int = messages.SUCCESS) -> None:
    """Tell the user what was done; a POST to the address `undo`, if any, takes it back."""
    messages.add_message(request, level, text, extra_tags=undo)
