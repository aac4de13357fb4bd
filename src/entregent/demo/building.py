"""Builds the demo: a small town record by record, as users would, then any larger crowd in batches."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.kernel import clock

from . import accounts, fields, lists, people, service, vocabulary
from .people import Body
from .story import Story

CONTACTS, ORGANISATIONS = 300, 80
BATCH = 2000
Progress = Callable[[int], object]


def build(contacts: int = CONTACTS, progress: Progress = lambda count: None) -> int:
    """Create what is missing of the demo, up to `contacts` people, and return how many were added.

    `progress` is called with the number of people just added. A crowd (more than 300) comes with organisations
    in the same proportion. After an interruption, the next call resumes where it stopped.
    """
    actors = accounts.open_demo()
    service.build(actors[accounts.SERVICE])
    admin = actors["admin"]
    with inside(admin.account):
        there = _count("p")
        added = _town(actors, min(contacts, CONTACTS), progress) if not there else 0
        fields.define(admin)
        bodies = _crowd_of_bodies(admin, max(contacts, CONTACTS) * ORGANISATIONS // CONTACTS)
        added += _crowd(admin, bodies, there + added, contacts, progress)
        lists.make(actors)
        common = Party.objects.filter(kind="p").exclude(email="").order_by("pk").first()
    _neighbour(actors[accounts.NEIGHBOUR], common.email if common else "")
    service.correct(actors["camille"])
    return added


def _count(kind: str) -> int:
    return Party.objects.filter(kind=kind).count()


@transaction.atomic
def _town(actors: dict[str, Actor], contacts: int, progress: Progress) -> int:
    """Create the first people and organisations, with their history, in one transaction; return how many people."""
    vocabulary.furnish(actors["admin"])
    story = Story(actors, contacts, ORGANISATIONS)
    for number in story.tell():
        progress(number)
    return _count("p")


def _crowd_of_bodies(by: Actor, wanted: int) -> Sequence[Body]:
    known = list(Party.objects.filter(kind="o").order_by("pk").values_list("pk", flat=True))
    for first in range(len(known), wanted, BATCH):
        cards = [people.organisation(number) for number in range(first, min(first + BATCH, wanted))]
        known += service.add(by, "o", cards)
    visible = set(Party.objects.visible_to(by).filter(kind="o").values_list("pk", flat=True))
    return [people.body(number)._replace(pk=pk) for number, pk in enumerate(known) if pk in visible]


def _crowd(by: Actor, bodies: Sequence[Body], start: int, end: int, progress: Progress) -> int:
    for first in range(start, end, BATCH):
        numbers = range(first, min(first + BATCH, end))
        # E-mail addresses without a number are the town's; those of the crowd are numbered, hence unique.
        cards = [people.person(number + people.UNNUMBERED, bodies) for number in numbers]
        progress(len(service.add(by, "p", cards)))
    return max(0, end - start)


def _neighbour(by: Actor, common: str) -> None:
    """Create a few records in the second account, one with the e-mail address `common`, which the demo has too."""
    with inside(by.account), transaction.atomic():
        if _count("p"):
            return
        rng = Random("voisin")  # noqa: S311
        start = clock.now() - timedelta(days=40)
        for number in range(4):
            with clock.at(start + timedelta(days=number)):
                parties.create(by, "o", people.organisation(number + 200))
        bodies = [
            people.body(index + 200)._replace(pk=pk)
            for index, pk in enumerate(Party.objects.filter(kind="o").order_by("pk").values_list("pk", flat=True))
        ]
        for number in range(1000, 1012):
            card = people.person(number, bodies) | ({"email": common} if number == 1000 else {})
            with clock.at(start + timedelta(days=rng.randint(5, 38), hours=rng.randint(0, 8))):
                parties.create(by, "p", card)
