"""The records that an action was announced for: kept when it is announced, and found again when it runs."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, islice

from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import chore
from entregent.accounts.models import Job
from entregent.accounts.scope import everywhere
from entregent.actions.models import ChosenPart, ChosenSet
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.store.json_pairs import first_of_each
from entregent.store.trouble import unless_disk_full

STEP = 500
"""Records of one part: what a job handles in one step."""
PARTS_AT_ONCE = 10
"""Parts written by one statement."""
KEPT = timedelta(days=1)
"""How long a set is kept that no job is waiting for."""
HEAVY = ("search_text", "notes", "extra", "custom")
"""Columns that no tool needs before the action reads the party again."""
Versions = Mapping[int, int]
"""Id of a record → its version when the action was announced."""


class Taken(Exception):
    """A set that another request took first, or that is no longer kept."""


@dataclass(slots=True)
class Still:
    """What became of announced records.

    ``parties``: those still there and still answering to the search; ``changed``: those of them that were changed
    since; ``left``: those that no longer answer; ``gone``: how many are in the bin since, or hidden from ``by``.
    """

    parties: list[Party] = field(default_factory=list)
    changed: list[Party] = field(default_factory=list)
    left: list[Party] = field(default_factory=list)
    gone: int = 0


def fix(
    by: Actor, selection: Selection, *, lasting: bool = False, above: int = 0, last: int | None = None
) -> ChosenSet:
    """Keep the records that ``by`` finds now. ``lasting``: also those that leave the search before their turn.

    ``above`` and ``last``: only ids after the first, up to the second. A few thousand are in memory at once.
    """
    found = selection.parties(by).filter(pk__gt=above).order_by("pk").values_list("pk", "version")
    rows = (found if last is None else found.filter(pk__lte=last)).iterator(chunk_size=STEP)
    search = {} if lasting else selection.params()
    with transaction.atomic():
        chosen = ChosenSet.objects.create(account=by.account, by_id=by.user_id, kind=selection.kind, search=search)
        parts = _parts(chosen, rows)
        while written := list(islice(parts, PARTS_AT_ONCE)):
            ChosenPart.objects.bulk_create(written)
            chosen.total += sum(len(one.versions) for one in written)
        chosen.save(update_fields=["total"])
    return chosen


def _parts(chosen: ChosenSet, rows: Iterator[tuple[int, int]]) -> Iterator[ChosenPart]:
    for number in count():
        if not (versions := list(islice(rows, STEP))):
            return
        yield ChosenPart(account=chosen.account, chosen=chosen, number=number, versions=versions)


def announce(by: Actor, selection: Selection, *, lasting: bool = False, reading: bool = False) -> ChosenSet:
    """Keep the records that ``by`` finds now, as ``fix`` does, instead of those announced before and not confirmed.

    In a preview nothing is kept, nor, while one is only ``reading``, on a full disk: the returned set is unsaved.
    """
    if not by.previewer:
        with unless_disk_full() if reading else transaction.atomic():
            ChosenSet.objects.filter(by=by.user_id, kind=selection.kind, job=None).delete()
            return fix(by, selection, lasting=lasting)
    total = selection.parties(by).order_by().count()
    return ChosenSet(account=by.account, by_id=by.user_id, kind=selection.kind, total=total)


def announced(by: Actor, pk: int | None, kind: str) -> ChosenSet | None:
    """Return a set that was announced to ``by``; None if it is no longer kept, and in a preview as ``by``.

    A job may have taken it.
    """
    if by.previewer:
        return None
    return ChosenSet.objects.filter(pk=pk, by=by.user_id, kind=kind).first() if pk else None


def claim(chosen: ChosenSet, job: Job) -> None:
    """Give a set to a job. Raises ``Taken`` if another request was faster."""
    if not ChosenSet.objects.filter(pk=chosen.pk, job=None).update(job=job):
        raise Taken(chosen.pk)


def use_up(chosen: ChosenSet) -> None:
    """Delete a set that is run on at once. Raises ``Taken`` if another request was faster."""
    _total, deleted = ChosenSet.objects.filter(pk=chosen.pk, job=None).delete()
    if not deleted.get(ChosenSet._meta.label):
        raise Taken(chosen.pk)


def part(chosen: int, number: int) -> Versions | None:
    """Return a part of a set; None after the last one."""
    found = ChosenPart.objects.filter(chosen=chosen, number=number).first()
    return None if found is None else {pk: version for pk, version in found.versions}


def versions_of(chosen: ChosenSet) -> Versions:
    """Return a whole set that is small enough for one request."""
    return {pk: version for one in chosen.parts.order_by("number") for pk, version in one.versions}


def ids_of(chosen: ChosenSet) -> RawSQL:
    """Return a subquery for the ids of a set of any size."""
    return first_of_each(ChosenPart, "versions", "chosen", chosen.pk)


def find_again(by: Actor, search: Selection, versions: Versions) -> Still:
    """Return what became of announced records. A few queries."""
    here = _answering(by, search, versions)
    missing = versions.keys() - {party.pk for party in here}
    laid = (
        _answering(by, search, Party.objects.filter(base__in=missing).values_list("pk", flat=True)) if missing else []
    )
    missing -= {layer.base_id for layer in laid}  # a layer came over a shared record: it stands for the record
    left = list(Party.readable.known_to(by).filter(pk__in=missing).defer(*HEAVY).order_by("pk")) if missing else []
    changed = [party for party in here if party.version != versions[party.pk]]
    return Still([*here, *laid], [*changed, *laid], left, len(missing) - len(left))


def see_again(parties: list[Party], versions: Mapping[int, int | None]) -> Still:
    """Return what became of parties that were chosen by hand; ``parties``: those found now.

    ``versions``: None where it is not known. A shared record over which a layer came is changed: tools act on that.
    """
    shared = [party.pk for party in parties if party.of_service and not party.is_layer and versions.get(party.pk)]
    laid = set(Party.objects.filter(base__in=shared).values_list("base", flat=True)) if shared else set()
    changed = [one for one in parties if versions.get(one.pk) not in (None, one.version) or one.pk in laid]
    return Still(parties, changed, gone=len(versions.keys() - {party.pk for party in parties}))


def _answering(by: Actor, search: Selection, ids: Collection[int]) -> list[Party]:
    return list(search.of(frozenset(ids)).parties(by).defer(*HEAVY).order_by("pk"))


def search_of(chosen: ChosenSet) -> Selection:
    """Return the search that the records of a set must still answer to."""
    return Selection.read(chosen.kind, chosen.search)


@chore
def forget_old_sets() -> None:
    """Delete the sets that nothing will run on any more."""
    over = Q(job=None) | Q(job__state__in=[Job.State.DONE, Job.State.FAILED])
    with everywhere("the worker serves all accounts"):
        ChosenSet.objects.filter(over, created_at__lt=timezone.now() - KEPT).delete()
