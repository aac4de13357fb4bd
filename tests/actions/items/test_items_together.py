"""Concurrency: deleting an item while someone else begins to use it."""

import pytest

from entregent.accounts.actor import Actor
from entregent.actions.items import items
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.tags import tagging
from entregent.directory.models import ContactStatus, JobFunction, Party, PartyTag, Tag

pytestmark = pytest.mark.django_db(transaction=True)


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
