"""Size of a page on the wire with its static files: on the first visit, and on later ones."""

import re
from typing import Any

from .browser import Browser

_ADDRESSES = re.compile(r"""(?:src|href)=["']([^"'#]+)|url\(["']?(?!data:)([^"')#]+)""")


def weigh(browser: Browser, address: str, static: str) -> dict[str, Any]:
    """Return bytes and requests of a first visit and of later ones.

    Counts all files under ``static`` that the page and its style sheets refer to. A browser fetches fewer: not the
    fonts of alphabets or the combo box that a page does not use.
    """
    page = browser.get(address)
    seen: dict[str, int] = {}
    waiting = _named(_text(browser, address), static)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        answer = browser.get(name)
        seen[name] = answer.weight
        if name.endswith(".css"):
            waiting += _named(_text(browser, name), static, name)
    part = browser.get(address, HTTP_HX_REQUEST="true")
    return {
        "page": page.weight, "page_plain": len(_text(browser, address)), "part": part.weight,
        "first": page.weight + sum(seen.values()), "requests": 1 + len(seen), "files": seen,
    }  # fmt: skip


def _text(browser: Browser, address: str) -> str:
    return Browser("identity", browser.cookies).get(address).body.decode()


def _named(text: str, static: str, base: str = "") -> list[str]:
    found = [one or other for one, other in _ADDRESSES.findall(text)]
    if base:
        folder = base.rpartition("/")[0]
        found = [name if name.startswith("/") else f"{folder}/{name}" for name in found]
    return [name for name in found if name.startswith(static) and not name.endswith(".map")]
