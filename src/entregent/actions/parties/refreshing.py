"""Update people's rows, which show their organisation, when it is renamed, hidden or deleted."""

from collections.abc import Iterator

from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import handler
from entregent.accounts.models import Job
from entregent.directory.models import Party, Position
from entregent.directory.parties.reading import records
from entregent.directory.parties.shown import shown_of

AT_ONCE = 300
"""Refresh at most this many people with the change itself; the worker refreshes more."""
STEP = 300
KIND = "directory.refresh"


def refresh_soon(by: Actor, ids: list[int]) -> None:
    """Refresh these parties: a few at once, many by the worker."""
    if len(ids) > AT_ONCE:
        Job.objects.create(account=by.account, kind=KIND, payload={"parties": ids}, by_id=by.user_id)
    else:
        refresh(ids)


def refresh(ids: list[int]) -> None:
    """Recompute the shown columns of these parties, without raising their versions.

    They are locked while they are read; otherwise a concurrent save would be overwritten with old values.
    """
    with transaction.atomic():
        held = Party.objects.select_for_update(of=("self",), no_key=True).select_related("account")
        for record in records(held.filter(pk__in=ids).order_by("pk")).values():
            Party.objects.filter(pk=record.party.pk).update(**shown_of(record))


def people_of(organisations: list[int]) -> list[int]:
    """Return the ids of people who have or had a position in one of these organisations."""
    places = Position.objects.filter(organisation__in=organisations).order_by("contact_id")
    return list(places.values_list("contact_id", flat=True).distinct())


@handler(KIND)
def _refresh_job(job: Job) -> Iterator[None]:
    ids = job.payload["parties"]
    for start in range(0, len(ids), STEP):
        refresh(ids[start : start + STEP])
        yield
