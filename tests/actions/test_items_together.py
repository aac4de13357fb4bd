"""Two at once: one deletes an item that another begins to use. One gives way, with a clear word or none."""

from collections.abc import Callable
from threading import Event, Thread, current_thread

import pytest
from django.db import connection

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions import items, parties, positions, tagging
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactStatus, JobFunction, Party, PartyTag, Tag
from entregent.journal.telling import Telling

pytestmark = pytest.mark.django_db(transaction=True)
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


@pytest.fixture
def ann(bruno: Actor) -> Party:
    return parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann"})


def test_a_status_that_one_gives_and_another_deletes(bruno, ann, together):
    status = items.create(bruno, "statuses", {"name": "Prospect"})
    outcome = together(
        lambda: parties.update(bruno, ann, {"status": "Prospect"}), lambda: items.delete(bruno, "statuses", status)
    )
    assert outcome in (([], ["item_used"]), (["status_unknown"], []))
    assert Party.objects.get().status == ContactStatus.objects.first()


def test_a_status_that_one_deletes_and_another_gives(bruno, ann, together):
    status = items.create(bruno, "statuses", {"name": "Prospect"})
    outcome = together(
        lambda: items.delete(bruno, "statuses", status), lambda: parties.update(bruno, ann, {"status": "Prospect"})
    )
    assert outcome == ([], ["status_unknown"])
    assert Party.objects.get().status is None


def test_a_tag_that_one_puts_on_and_another_deletes(bruno, ann, together):
    tag = items.create(bruno, "tags", {"name": "Eau"})
    first, second = together(lambda: tagging.tag(bruno, [ann], ["Eau"]), lambda: items.delete(bruno, "tags", tag))
    assert first == []
    assert second in ([], ["item_used"])  # deleted before: the tag is made anew
    assert PartyTag.objects.get().tag == Tag.objects.get()


def test_a_tag_that_one_deletes_and_another_puts_on(bruno, ann, together):
    tag = items.create(bruno, "tags", {"name": "Eau"})
    outcome = together(lambda: items.delete(bruno, "tags", tag), lambda: tagging.tag(bruno, [ann], ["Eau"]))
    assert outcome == ([], [])
    assert PartyTag.objects.get().tag == Tag.objects.get()


def test_a_function_that_one_types_and_another_deletes(bruno, ann, together):
    item = items.create(bruno, "functions", {"name": "Maire"})
    place = {"organisation_name": "Mairie", "function": "Maire"}
    outcome = together(lambda: positions.attach(bruno, ann, place), lambda: items.delete(bruno, "functions", item))
    assert outcome == ([], ["item_used"])
    assert JobFunction.objects.get() == item


def test_a_function_that_one_deletes_and_another_types(bruno, ann, together):
    item = items.create(bruno, "functions", {"name": "Maire"})
    place = {"organisation_name": "Mairie", "function": "Maire"}
    outcome = together(lambda: items.delete(bruno, "functions", item), lambda: positions.attach(bruno, ann, place))
    assert outcome == ([], [])
    assert JobFunction.objects.get().name == "Maire"
