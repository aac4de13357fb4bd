"""Two actions at the same time."""

from collections.abc import Callable
from threading import Event, Thread, current_thread

import pytest
from django.db import connection

from entregent.accounts.scope import inside
from entregent.directory.messages import Invalid
from entregent.journal.telling import Telling

HELD = 0.4
"""Seconds for which the first keeps the second waiting."""
Deed = Callable[[], object]


def codes(deed: Deed) -> list[str]:
    """What a deed is refused for; empty when it is done."""
    try:
        deed()
    except Invalid as invalid:
        return [problem.code for problem in invalid.problems]
    return []


@pytest.fixture
def together(lac, monkeypatch) -> Callable[[Deed, Deed], tuple[list[str], list[str]]]:
    """``together(first, second)``: ``second`` begins when all of ``first`` is written and not yet committed."""
    written, told = Event(), Telling.write
    refusals: dict[str, list[str]] = {}

    def write_and_wait(telling: Telling):
        entry = told(telling)
        if current_thread().name == "first" and not written.is_set():
            written.set()
            Event().wait(HELD)
        return entry

    def do_first(first: Deed) -> None:
        try:
            with inside(lac):
                refusals["first"] = codes(first)
        finally:
            written.set()
            connection.close()

    def run(first: Deed, second: Deed) -> tuple[list[str], list[str]]:
        monkeypatch.setattr(Telling, "write", write_and_wait)
        thread = Thread(target=do_first, args=(first,), name="first")
        thread.start()
        written.wait(20)
        refusals["second"] = codes(second)
        thread.join()
        return refusals["first"], refusals["second"]

    return run
