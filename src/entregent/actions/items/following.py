"""Update the rows that hold or show an item of a reference list when it is renamed, replaced or moved."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import handler
from entregent.accounts.models import Account, Job
from entregent.accounts.scope import everywhere, inside
from entregent.actions.parties.refreshing import AT_ONCE, KIND, refresh_soon
from entregent.directory.items.register import LISTS
from entregent.directory.items.renaming import rename_in_searches
from entregent.directory.items.uses import USES, Use
from entregent.directory.layers import layers
from entregent.directory.models import ContactStatus, Item, Party

RANKS_JOB = "items.ranks"
READERS_JOB = "items.readers"
RANKED_PER_STEP = 2000
SHOWN_ON_PARTIES = frozenset({"functions", "skills", "families", "tags"})
"""Lists whose item names are shown on parties or searched there."""


def rename(by: Actor, code: str, item: Item, old_key: str) -> None:
    """Update everything that uses ``item`` after a rename; ``old_key`` is its key before."""
    if code == "functions":
        held = USES[code].own().filter(function_key=old_key)
        concerned = _parties(USES[code], held)
        held.update(function=item.name, function_key=item.key)
    else:
        concerned = _parties(USES[code], USES[code].of(USES[code].own(), item)) if code in SHOWN_ON_PARTIES else []
    rename_in_searches(code, old_key, item.name)
    _show(by, concerned)
    _tell_readers(by, code, item, old_key)


def replace(by: Actor, code: str, item: Item, target: Item) -> None:
    """Make everything that uses ``item`` use ``target``, including rows that ``by`` can't see.

    Call it inside ``act``.
    """
    use = USES[code]
    rows = use.of(use.own(), item)
    concerned = _parties(use, rows) if code in SHOWN_ON_PARTIES else []
    _put(code, rows, target)
    if by.account.is_reference and use.names == "pk":
        with everywhere("layers of any account repeat the item of a shared record"):
            _put(code, use.of(use.repeated(), item), target)
    rename_in_searches(code, item.key, target.name)
    _show(by, concerned)
    _tell_readers(by, code, target, item.key)


def _put(code: str, rows: QuerySet, target: Item) -> None:
    """Make ``rows``, which use another item, use ``target``."""
    use = USES[code]
    if code in ("skills", "tags"):  # a record has each only once
        both = use.of(use.rows._default_manager.all(), target).filter(party=OuterRef("party"))
        rows.filter(Exists(both)).delete()
    rows.update(**_columns(code, use, target))


def _columns(code: str, use: Use, target: Item) -> dict[str, Any]:
    if code == "functions":
        return {"function": target.name, "function_key": target.key}
    return {use.column: target} | ({"status_rank": target.rank + 1} if code == "statuses" else {})


def _parties(use: Use, rows: QuerySet) -> list[int]:
    return list(rows.order_by().values_list(use.thing or "pk", flat=True).distinct())


def _show(by: Actor, parties: list[int]) -> None:
    """Refresh the shown columns of these parties, and the layers over those that are shared records."""
    if parties:
        refresh_soon(by, parties)
        if by.account.is_reference:
            layers.follow(parties)


def _tell_readers(by: Actor, code: str, item: Item, old_key: str) -> None:
    """For an item of the shared directory, create the job that updates every account that reads it."""
    if by.account.is_reference:
        payload = {"code": code, "item": item.pk, "name": item.name, "key": item.key, "old_key": old_key}
        Job.objects.create(account=by.account, kind=READERS_JOB, payload=payload, by_id=by.user_id)


@handler(READERS_JOB)
def _readers_job(job: Job) -> Iterator[None]:
    for account in job.account.readers.order_by("pk"):
        with inside(account), transaction.atomic():
            _follow_in(account, **job.payload)
        yield


def _follow_in(account: Account, code: str, item: int, name: str, key: str, old_key: str) -> None:
    """Rename the words of a shared item in ``account``: what was ``old_key`` becomes ``name``.

    Where the account has an item of its own with this key, its words belong to that item and stay.
    """
    use, theirs = USES[code], LISTS[code].model.objects.filter(key=old_key).exists()
    if code == "functions":
        held = (use.repeated() if theirs else use.rows._default_manager.all()).filter(function_key=old_key)
        concerned = _parties(use, held)
        held.update(function=name, function_key=key)
    else:
        concerned = _parties(use, use.own().filter(**{use.column: item})) if code in SHOWN_ON_PARTIES else []
    if not theirs:
        rename_in_searches(code, old_key, name)
    if concerned:
        Job.objects.create(account=account, kind=KIND, payload={"parties": concerned})


def rank_statuses(by: Actor) -> None:
    """Update the column by which contacts sort by status: at once up to ``AT_ONCE`` of them, else by the worker."""
    if sum(rows[: AT_ONCE + 1].count() for rows, _rank in _out_of_rank()) > AT_ONCE:
        Job.objects.create(account=by.account, kind=RANKS_JOB, payload={}, by_id=by.user_id)
    else:
        for rows, rank in _out_of_rank():
            rows.update(status_rank=rank)


@handler(RANKS_JOB)
def _rank_job(job: Job) -> Iterator[None]:
    while True:
        with transaction.atomic():
            done = 0
            for rows, rank in _out_of_rank():
                ids = list(rows.values_list("pk", flat=True)[:RANKED_PER_STEP])
                done += Party.objects.filter(pk__among=ids).update(status_rank=rank) if ids else 0
        if not done:
            return
        yield


def _out_of_rank() -> list[tuple[QuerySet, int]]:
    """Return, for each status of the account, the parties whose ``status_rank`` is wrong, and the right rank."""
    statuses = ContactStatus.objects.values_list("pk", "rank")
    return [(Party.objects.filter(status=pk).exclude(status_rank=rank + 1), rank + 1) for pk, rank in statuses]
