"""Debian's chromium, driven by Playwright; a test fails by any error in the console and any CSP violation."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from entregent.accounts.actor import Actor
from entregent.accounts.models import User
from tools import chromium

FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()
ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide" / "images"
SHOTS = ROOT / "test-results" / "shots"
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation",
    event => console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI}`))"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    found = chromium.find()
    if found is None:
        pytest.fail(f"chromium is missing: none of {chromium.NAMES} is in PATH", pytrace=False)
    return {**browser_type_launch_args, "executable_path": str(found), "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    size = {"width": 1440, "height": 900}
    return {**browser_context_args, "locale": "fr-FR", "viewport": size, "reduced_motion": "reduce"}


@pytest.fixture
def context(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Listen to every page of the test; ``@pytest.mark.may_log("404")`` lets matching errors pass."""
    faults: list[str] = []
    allowed = [mark.args[0] for mark in request.node.iter_markers("may_log")]

    def note(text: str) -> None:
        if not any(re.search(pattern, text) for pattern in allowed):
            faults.append(text)

    context.on("console", lambda message: message.type == "error" and note(f"{message.text} ({message.page.url})"))
    context.on("weberror", lambda error: note(str(error.error)))
    context.add_init_script(TELL_VIOLATIONS)
    yield context
    assert not faults, "The browser's console is not silent:\n" + "\n".join(faults)


@pytest.fixture
def sign_in(live_server, context: BrowserContext) -> Callable[[Actor], None]:
    """``sign_in(aicha)``: the browser has her session from then on."""

    def sign_in(actor: Actor) -> None:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id))
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return sign_in


drawn_alike = pytest.mark.alike
"""Pages look the same whatever the database: they are looked at once."""
AXE = Axe()
# The theme changes colours only, so the other rules need no second look in the dark. The light comes last: a page
# is then as it was.
RULES = {
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
    "light": {"resultTypes": ["violations"]},
}
LOOK = """options => axe.run(document, options).then(found => found.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id} (${rule.help}): ${node.html.slice(0, 200)}`)))"""


def violations(page: Page, themes: Sequence[str] = ("dark", "light")) -> list[str]:
    """What axe finds on the page as it stands, in each of these themes."""
    page.evaluate(AXE.axe_script)
    faults = []
    for theme in themes:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        faults += [f"{theme}: {fault}" for fault in page.evaluate(LOOK, RULES[theme])]
    return faults


def axe(page: Page) -> None:
    """Assert that axe finds nothing."""
    found = violations(page)
    assert not found, f"{page.url}\n" + "\n".join(found)


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """``shot(page, "contacts")``: a picture in test-results/shots, and with --shots in the guide's images."""

    def shot(page: Page, name: str, **options) -> Path:
        folder = SHOTS / (os.environ.get("ENTREGENT_TEST_DATABASE") or "")
        path = folder / f"{name}.png"
        picture = page.screenshot(path=path, animations="disabled", **options)
        if request.config.getoption("--shots"):
            GUIDE.mkdir(parents=True, exist_ok=True)
            (GUIDE / path.name).write_bytes(picture)
        return path

    return shot
