"""A minimal browser that calls the WSGI application in-process, as a server would, with a signed-in session."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from entregent.config.wsgi import application

HOST = "127.0.0.1:8000"


@dataclass
class Answer:
    """A response: status, headers (repeated ones joined by commas), and the body as sent, possibly compressed."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def weight(self) -> int:
        """Bytes on the wire, headers included."""
        return len(self.body) + sum(len(name) + len(value) + 4 for name, value in self.headers.items())


@dataclass
class Browser:
    """Sends requests and keeps cookies. ``accept_encoding``: the header that browsers send."""

    accept_encoding: str = "gzip, deflate, br, zstd"
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def signed_in(cls, email: str) -> "Browser":
        """Return a browser with a signed-in session, without the cost of argon2id."""
        client = Client(HTTP_HOST=HOST)
        client.force_login(get_user_model().objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
        return cls(cookies={name: morsel.value for name, morsel in client.cookies.items()})

    def get(self, address: str, **headers: str) -> Answer:
        return self._ask("GET", address, b"", headers)

    def post(self, address: str, data: Iterable[tuple[str, str]]) -> Answer:
        return self._ask("POST", address, urlencode(list(data)).encode(), {})

    def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        parts = urlsplit(address)
        given: dict[str, list[str]] = {}
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": parts.path.encode().decode("latin-1"), "SCRIPT_NAME": "",
            "QUERY_STRING": parts.query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": HOST,
            "HTTP_ACCEPT_ENCODING": self.accept_encoding, "HTTP_ORIGIN": f"http://{HOST}",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        } | headers  # fmt: skip

        def start(status: str, pairs: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], object]:
            given["status"] = [status]
            for name, value in pairs:
                given.setdefault(name.lower(), []).append(value)
            return lambda _body: None

        chunks = application(environ, start)
        answered = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()  # ends the request, so that Django releases its connection
        for cookie in given.get("set-cookie", ()):
            self._remember(cookie)
        status = int(given.pop("status")[0].split()[0])
        return Answer(status, {name: ", ".join(values) for name, values in given.items()}, answered)

    def _remember(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        self.cookies[name.strip()] = value


class Form(HTMLParser):
    """The fields of the page's longest POST form, as a browser would submit them unchanged."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._open = False
        self._select = self._textarea = ""
        self.feed(page)
        longest: list[tuple[str, str]] = max(self.forms, key=len)
        self.fields = dict(longest)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method", "").lower() == "post"
            if self._open:
                self.forms.append([])
        if not self._open:
            return
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("submit", "button", "file"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.forms[-1].append((name, given.get("value", "on" if given.get("type") == "checkbox" else "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.forms[-1].append((self._select, given.get("value", "")))
        elif tag == "textarea":
            self._textarea = name
            self.forms[-1].append((name, ""))

    def handle_data(self, data: str) -> None:
        if self._open and self._textarea:
            self.forms[-1][-1] = (self._textarea, self.forms[-1][-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""
