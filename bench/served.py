"""Benchmarks the program as it is served: `python -m bench.served FILE`, with `entregent serve` beside it.

First a cold run: the database's files are no longer in memory, the server has just been started, and each kind of
page is asked for once. Then the same pages as in-process, over one connection; then the list by four clients at once.
"""

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from bench.browser import Browser  # noqa: E402
from bench.filling import EMAIL, SLUG, actor  # noqa: E402
from bench.pages import Pages, written  # noqa: E402
from bench.wire import Server, Wire, serving  # noqa: E402
from entregent.accounts.actor import Actor  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.directory.models import Party  # noqa: E402
from entregent.web.links import to  # noqa: E402

ENDING = " — over the socket"
CLIENTS, ASKED = 4, 100
"""Clients at once, and the pages that each asks for."""


def cold(server: Server, browser: Wire, by: Actor, contact: int) -> dict[str, float]:
    """Return the seconds from starting the server to the first page, and the milliseconds of each kind's first."""
    start, found = time.perf_counter(), {}
    listed = to(by, "contacts:list")
    assert server.first(browser, listed).status == 200
    found["first page, s"] = time.perf_counter() - start
    for name, address in (
        ("a search", f"{listed}?q=martin"), ("a contact", to(by, "contacts:page", contact)),
        ("edit form", to(by, "contacts:edit", contact)), ("infobox", to(by, "infobox:page")),
    ):  # fmt: skip
        begun = time.perf_counter()
        assert browser.get(address).status == 200, address
        found[f"{name}, ms"] = 1000 * (time.perf_counter() - begun)
    return found


def at_once(server: Server, cookies: dict[str, str], address: str) -> float:
    """Return the pages a second that several clients get together."""

    def ask(_client: int) -> None:
        browser = Wire(cookies=dict(cookies), port=server.port)
        for _ in range(ASKED):
            assert browser.get(address).status == 200, address

    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(ask, range(CLIENTS)))
    return CLIENTS * ASKED / (time.perf_counter() - start)


def main(target: Path) -> None:
    by, cookies = actor(SLUG, EMAIL), Browser.signed_in(EMAIL).cookies
    with inside(by.account):
        contact = Party.objects.filter(kind="p").order_by("-id").values_list("id", flat=True)[0]
    found: dict[str, Any] = {}
    with serving() as server:
        browser = Wire(cookies=dict(cookies), port=server.port)
        found["cold"] = cold(server, browser, by, contact)
        found["figures"] = written(Pages(browser, by, ENDING, server.cpu).daily())
        found["at_once"] = at_once(server, cookies, to(by, "contacts:list"))
        found["memory_mb"] = server.memory()
    target.write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
