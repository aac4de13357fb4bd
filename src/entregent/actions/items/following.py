"""What follows when an item of a reference list is renamed, replaced or moved: the rows that hold or show it."""

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

RANKS = "items.ranks"
READERS = "items.readers"
STEP = 2000
SHOWN = frozenset({"functions", "skills", "families", "tags"})
"""Lists whose names the rows of parties show, or are found by."""


def rename(by: Actor, code: str, item: Item, old_key: str) -> None:
    """Let what used ``item`` under ``old_key`` use it by its name of now, and show it."""
    if code == "functions":
        held = USES[code].own().filter(function_key=old_key)
        concerned = _parties(USES[code], held)
        held.update(function=item.name, function_key=item.key)
    else:
        concerned = _parties(USES[code], USES[code].of(USES[code].own(), item)) if code in SHOWN else []
    rename_in_searches(code, old_key, item.name)
    _show(by, concerned)
    _tell_readers(by, code, item, old_key)


def replace(by: Actor, code: str, item: Item, target: Item) -> None:
    """Let what uses ``item`` use ``target`` instead, whoever may see it. Call inside the deed's transaction."""
    use = USES[code]
    rows = use.of(use.own(), item)
    concerned = _parties(use, rows) if code in SHOWN else []
    _put(code, rows, target)
    if by.account.is_reference and use.names == "pk":
        with everywhere("layers of any account repeat the item of a shared record"):
            _put(code, use.of(use.repeated(), item), target)
    rename_in_searches(code, item.key, target.name)
    _show(by, concerned)
    _tell_readers(by, code, target, item.key)


def _put(code: str, rows: QuerySet, target: Item) -> None:
    """Let rows that use an item use ``target``."""
    use = USES[code]
    if code in ("skills", "tags"):  # a record holds each once
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
    """Bring in step what rows of lists show; layers over shared records follow theirs."""
    if parties:
        refresh_soon(by, parties)
        if by.account.is_reference:
            layers.follow(parties)


def _tell_readers(by: Actor, code: str, item: Item, old_key: str) -> None:
    """Let the worker do the same in every account that reads the shared directory, if it is one of its items."""
    if by.account.is_reference:
        payload = {"code": code, "item": item.pk, "name": item.name, "key": item.key, "old_key": old_key}
        Job.objects.create(account=by.account, kind=READERS, payload=payload, by_id=by.user_id)


@handler(READERS)
def _readers_job(job: Job) -> Iterator[None]:
    for account in job.account.readers.order_by("pk"):
        with inside(account), transaction.atomic():
            _follow_in(account, **job.payload)
        yield


def _follow_in(account: Account, code: str, item: int, name: str, key: str, old_key: str) -> None:
    """An item of the service that was ``old_key`` is called ``name`` now: its words in ``account`` follow.

    Not where the account has an item of its own of this key: there they are words of that one.
    """
    use, theirs = USES[code], LISTS[code].model.objects.filter(key=old_key).exists()
    if code == "functions":
        held = (use.repeated() if theirs else use.rows._default_manager.all()).filter(function_key=old_key)
        concerned = _parties(use, held)
        held.update(function=name, function_key=key)
    else:
        concerned = _parties(use, use.own().filter(**{use.column: item})) if code in SHOWN else []
    if not theirs:
        rename_in_searches(code, old_key, name)
    if concerned:
        Job.objects.create(account=account, kind=KIND, payload={"parties": concerned})


def rank_statuses(by: Actor) -> None:
    """Let contacts sort by the order that their statuses have now: a few at once, many by the worker."""
    if sum(rows[: AT_ONCE + 1].count() for rows, _rank in _out_of_rank()) > AT_ONCE:
        Job.objects.create(account=by.account, kind=RANKS, payload={}, by_id=by.user_id)
    else:
        for rows, rank in _out_of_rank():
            rows.update(status_rank=rank)


@handler(RANKS)
def _rank_job(job: Job) -> Iterator[None]:
    while True:
        with transaction.atomic():
            done = 0
            for rows, rank in _out_of_rank():
                ids = list(rows.values_list("pk", flat=True)[:STEP])
                done += Party.objects.filter(pk__among=ids).update(status_rank=rank) if ids else 0
        if not done:
            return
        yield


def _out_of_rank() -> list[tuple[QuerySet, int]]:
    """For each status of the account, the parties that don't have its rank, and the rank."""
    statuses = ContactStatus.objects.values_list("pk", "rank")
    return [(Party.objects.filter(status=pk).exclude(status_rank=rank + 1), rank + 1) for pk, rank in statuses]
