"""Measures exports as a user downloads them: `python -m bench.exports FILE`, in its own process."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from bench import lists  # noqa: E402
from bench.browser import Browser  # noqa: E402
from bench.filling import EMAIL, SLUG, actor, timed  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.directory.models import ListMember  # noqa: E402
from entregent.exchange.exporting import FORMATS  # noqa: E402
from entregent.web.links import to  # noqa: E402

ROUNDS = 3


def export(browser: Browser, address: str, work: str, rows: int) -> dict[str, Any]:
    """Download a file several times; return the measurements of the round that took the median CPU time."""
    found = [timed(lambda: _download(browser, address)) for _ in range(ROUNDS)]
    middle = sorted(found, key=lambda took: took["cpu"] + took["server_cpu"])[ROUNDS // 2]
    return {"work": work, "rows": rows} | middle


def _download(browser: Browser, address: str) -> None:
    answer = browser.get(address)
    assert "attachment" in answer.headers.get("content-disposition", ""), (address, answer.status)


def main(target: Path) -> None:
    by, browser = actor(SLUG, EMAIL), Browser.signed_in(EMAIL)
    with inside(by.account):
        wanted = lists.named(lists.EXPORTED)
        rows = ListMember.objects.filter(list=wanted).count()
    page = f"{to(by, 'exports:page')}?list={wanted.pk}"
    found = [export(browser, f"{page}&format={name}", f"export, {name}", rows) for name in FORMATS]
    target.write_text(json.dumps({"exports": found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
