"""The limit on the size of uploads, checked before the body is read so that it never reaches the disk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from entregent.accounts.middleware import LANGUAGE_COOKIE


class UploadLimitMiddleware:
    """Answer 413 to a request whose Content-Length exceeds ``UPLOAD_MAX_BYTES`` (std E19).

    It must come before the CSRF middleware, which reads the whole body to find its token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) <= settings.UPLOAD_MAX_BYTES:
            return self.get_response(request)
        with translation.override("en" if request.COOKIES.get(LANGUAGE_COOKIE) == "en" else "fr"):
            limit = settings.UPLOAD_MAX_BYTES // 1024**2
            return render(request, "web/too_large.html", {"limit": limit}, status=413)
