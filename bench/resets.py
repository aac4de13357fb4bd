"""Measures whether a forgotten password tells who has an account: `python -m bench.resets FILE`, in its own process.

A known and an unknown address are asked for in turn, so that what else the machine does falls on both alike.
"""

import json
import os
import sys
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.browser import Browser  # noqa: E402
from bench.filling import EMAIL  # noqa: E402
from bench.machine import loop  # noqa: E402

PAIRS = 200
UNKNOWN = "x" + EMAIL[1:]


def asked(browser: Browser, address: str, email: str) -> float:
    """Ask for a link, and return the milliseconds until the answer."""
    cache.clear()  # the limits on how often one may ask
    sent = [("csrfmiddlewaretoken", browser.cookies[settings.CSRF_COOKIE_NAME]), ("email", email)]
    begin = perf_counter()
    answer = browser.post(address, sent)
    took = (perf_counter() - begin) * 1000
    assert answer.status == 302, answer.status
    return took


def main(target: Path) -> None:
    call_command("createcachetable", verbosity=0)
    browser, address = Browser(), reverse("account_reset_password")
    page = browser.get(address)
    assert page.status == 200, page.status
    took: dict[str, list[float]] = {EMAIL: [], UNKNOWN: []}
    for number in range(-5, PAIRS):
        for email in (EMAIL, UNKNOWN) if number % 2 else (UNKNOWN, EMAIL):
            one = asked(browser, address, email)
            took[email] += [one] if number >= 0 else []  # the first ones warm up
    figures = [
        {
            "operation": "forgotten password",
            "known": email == EMAIL,
            "quartiles": quantiles(each, n=4),
            "loop": loop(),
        }
        for email, each in took.items()
    ]
    target.write_text(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
