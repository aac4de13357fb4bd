"""A browser that stands in the account «Les Amis du lac», and a worker that does the jobs it asks for."""

from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest
from playwright.sync_api import Page

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Account

PATIENCE = 15_000
"""Milliseconds for a busy machine."""


@pytest.fixture(autouse=True)
def patient(page: Page) -> None:
    page.set_default_timeout(PATIENCE)


@pytest.fixture
def enter(page: Page, live_server, sign_in, lac: Account) -> Callable[..., Page]:
    """``enter(aicha, "contacts/")``: the page at that path of the account, signed in as her."""

    def enter(actor: Actor, path: str = "") -> Page:
        sign_in(actor)
        page.goto(f"{live_server.url}/{lac.slug}/{path}")
        return page

    return enter


@pytest.fixture
def worker(live_server) -> Iterator[None]:
    """The worker of ``entregent run``, in a thread of the test."""
    stop = Event()
    thread = Thread(target=jobs.work, args=(stop, 0.1))
    thread.start()
    yield
    stop.set()
    thread.join()
