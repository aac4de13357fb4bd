"""Adds many people and organisations without a file, in batches, as the demo adds its own: 3,000 a second.

They are cleaned, written and told as any others; they were added four years ago.
"""

from datetime import timedelta

from bench import people
from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.demo.service import add as add_batch
from entregent.directory.models import Party
from entregent.kernel import clock

BATCH = 2000
AGE = timedelta(days=4 * 365)


def add(by: Actor, numbers: range, bodies: int) -> None:
    """Add people, and what is missing of their organisations, which are number 0 to ``bodies``."""
    with inside(by.account), clock.at(clock.now() - AGE):
        ids = _organisations(by, bodies)
        for start in range(0, len(numbers), BATCH):
            add_batch(by, "p", [people.card(number, ids) for number in numbers[start : start + BATCH]])


def _organisations(by: Actor, bodies: int) -> list[int]:
    """Return the ids of the organisations in the order of their numbers; those without a record are added."""
    known = dict(Party.objects.filter(kind="o").values_list("name", "id"))
    missing = [number for number in range(bodies) if people.body_name(number) not in known]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        ids = add_batch(by, "o", [people.body(number) for number in batch])
        known |= zip(map(people.body_name, batch), ids, strict=True)
    return [known[people.body_name(number)] for number in range(bodies)]
