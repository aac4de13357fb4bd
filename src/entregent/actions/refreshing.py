"""When an organisation's name or visibility changes, so does what its people's rows show of it."""

from collections.abc import Iterator

from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import handler
from entregent.accounts.models import Job
from entregent.directory.cleaning import Cleaner
from entregent.directory.models import Party, Position
from entregent.directory.reading import Record, records
from entregent.directory.shown import shown
from entregent.directory.writing import held_by

AT_ONCE = 300
"""So many people are refreshed with the change itself; more go to the worker."""
STEP = 300
KIND = "directory.refresh"


def refresh_people(by: Actor, organisation: Party) -> None:
    """Make the rows of an organisation's people repeat what is true of it now."""
    ids = list(_people(organisation.pk, 0)[: AT_ONCE + 1])
    if len(ids) > AT_ONCE:
        Job.objects.create(account=by.account, kind=KIND, payload={"organisation": organisation.pk}, by_id=by.user_id)
    else:
        refresh(ids)


def refresh(ids: list[int]) -> None:
    """Compute the shown columns of these parties anew. Their versions stay: nothing of theirs changed."""
    for record in records(Party.objects.filter(pk__in=ids)).values():
        values = shown_of(record)
        Party.objects.filter(pk=record.party.pk).update(**values)


def shown_of(record: Record) -> dict:
    """The shown columns of a stored record."""
    account = record.party.account
    clean = Cleaner(account).clean(record.party.kind, record.card)
    return shown(clean, held_by(record.positions, timezone.localdate()), account.country, account.language)


def _people(organisation: int, after: int):
    return (
        Position.objects.filter(organisation=organisation, contact_id__gt=after)
        .order_by("contact_id")
        .values_list("contact_id", flat=True)
        .distinct()
    )


@handler(KIND)
def _refresh_job(job: Job) -> Iterator[None]:
    after = 0
    while ids := list(_people(job.payload["organisation"], after)[:STEP]):
        refresh(ids)
        after = ids[-1]
        yield
