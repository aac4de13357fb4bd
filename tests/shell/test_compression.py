"""Pages travel compressed, and say so."""

import zlib

import brotli
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from entregent.shell.compression import CompressionMiddleware

PAGE = "<p>Les Amis du lac</p>" * 500


def ask(content: str = PAGE, content_type: str = "text/html; charset=utf-8", **headers: str) -> HttpResponse:
    middleware = CompressionMiddleware(lambda request: HttpResponse(content, content_type))
    return middleware(RequestFactory().get("/", headers=headers))


@pytest.mark.parametrize(
    ("accepted", "coding", "decode"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", lambda body: zlib.decompress(body, wbits=31)),
        ("GZIP", "gzip", lambda body: zlib.decompress(body, wbits=31)),
    ],
)
def test_it_compresses_as_the_browser_accepts(accepted: str, coding: str, decode) -> None:
    response = ask(accept_encoding=accepted)
    assert response["Content-Encoding"] == coding
    assert response["Content-Length"] == str(len(response.content))
    assert "Accept-Encoding" in response["Vary"]
    assert decode(response.content).decode() == PAGE
    assert len(response.content) < len(PAGE) / 10


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0, gzip; q=0"])
def test_who_accepts_nothing_gets_the_page_as_it_is(accepted: str) -> None:
    response = ask(accept_encoding=accepted)
    assert response.content.decode() == PAGE
    assert not response.has_header("Content-Encoding")


def test_what_another_site_asks_for_is_not_compressed() -> None:
    response = ask(accept_encoding="br", sec_fetch_site="cross-site")
    assert response.content.decode() == PAGE


def test_short_answers_and_pictures_are_left_alone() -> None:
    assert ask("court", accept_encoding="br").content == b"court"
    assert ask(content_type="image/png", accept_encoding="br").content.decode() == PAGE
