"""When an organisation changes its name, is hidden or goes, so does what its people's rows show of it."""

from collections.abc import Iterator

from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import handler
from entregent.accounts.models import Job
from entregent.directory.models import Party, Position
from entregent.directory.parties.reading import records
from entregent.directory.parties.shown import shown_of

AT_ONCE = 300
"""So many people are refreshed with the change itself; more go to the worker."""
STEP = 300
KIND = "directory.refresh"


def refresh_people(by: Actor, organisation: Party) -> None:
    """Make the rows of an organisation's people repeat what is true of it now."""
    refresh_soon(by, people_of([organisation.pk]))


def refresh_soon(by: Actor, ids: list[int]) -> None:
    """Refresh these parties: a few with the deed itself, many by the worker."""
    if len(ids) > AT_ONCE:
        Job.objects.create(account=by.account, kind=KIND, payload={"parties": ids}, by_id=by.user_id)
    else:
        refresh(ids)


def refresh(ids: list[int]) -> None:
    """Compute the shown columns of these parties anew. Their versions stay: nothing of theirs changed.

    They are held while they are read: one that is being saved would else get back what it showed before.
    """
    with transaction.atomic():
        held = Party.objects.select_for_update(of=("self",), no_key=True).select_related("account")
        for record in records(held.filter(pk__in=ids).order_by("pk")).values():
            Party.objects.filter(pk=record.party.pk).update(**shown_of(record))


def people_of(organisations: list[int]) -> list[int]:
    """Who has, or had, a place in one of these organisations."""
    places = Position.objects.filter(organisation__in=organisations).order_by("contact_id")
    return list(places.values_list("contact_id", flat=True).distinct())


@handler(KIND)
def _refresh_job(job: Job) -> Iterator[None]:
    ids = job.payload["parties"]
    for start in range(0, len(ids), STEP):
        refresh(ids[start : start + STEP])
        yield
