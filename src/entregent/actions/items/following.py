"""Update the rows that hold or show an item of a reference list when it is renamed, replaced or moved."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

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
from entregent.directory.parties.cards import reference
from entregent.directory.positions.held import public
from entregent.journal.telling import Telling

RANKS_JOB = "items.ranks"
READERS_JOB = "items.readers"
RANKED_PER_STEP = 2000
Changes = dict[str, list]
Told = list[tuple[int, Changes]]
"""Pairs of party id and its changes; a person appears once per position."""
_FIELD_OF = {"families": "family", "statuses": "status"}
SHOWN_ON_PARTIES = frozenset({"functions", "skills", "families", "tags"})
"""Lists whose item names are shown on parties or searched there."""


def rename(by: Actor, code: str, item: Item, old_key: str) -> None:
    """Update everything that uses ``item`` after a rename; ``old_key`` is its key before."""
    concerned = _reword(code, USES[code].own(), old_key, item.pk, item.name, item.key)
    rename_in_searches(code, old_key, item.name)
    _show(by, concerned)
    _tell_readers(by, code, item, old_key)


def _reword(code: str, rows: QuerySet, old_key: str, item: int, name: str, key: str) -> list[int]:
    """Write a function's new name to ``rows``, which hold it in words; return the parties that show an item."""
    use = USES[code]
    if code not in SHOWN_ON_PARTIES:
        return []
    held = rows.filter(**{use.column: old_key if use.names == "key" else item})
    concerned = _parties(use, held)
    if code == "functions":
        held.update(function=name, function_key=key)
    return concerned


def take_over(by: Actor, code: str, item: Item, target: Item) -> None:
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


def replace(by: Actor, code: str, item: Item, target: Item, telling: Telling) -> None:
    """Replace ``item`` by ``target`` everywhere, and write the change of each record to the journal.

    The number of statements does not depend on the number of records: a hundred thousand may have a tag.
    """
    telling.say(item=item.name, other=target.name, of=code)
    use = USES[code]
    rows = use.of(use.own(), item)
    held = _held(use, rows) if code in _TOLD else {}
    told = _TOLD[code](code, held, rows, item, target) if held else []
    take_over(by, code, item, target)
    if held:
        Party.objects.filter(pk__among=list(held)).update(
            version=F("version") + 1, updated_at=telling.at, last_action_at=telling.at
        )
        _tell(held, told, telling)


def _held(use: Use, rows: QuerySet) -> dict[int, tuple[str, int]]:
    """Lock the account's records that use the item until the transaction ends: id → (name, version)."""
    found = Party.objects.select_for_update(no_key=True).filter(pk__among=_parties(use, rows)).order_by("pk")
    return {pk: (name, version) for pk, name, version in found.values_list("pk", "name", "version")}


def _tell(held: dict[int, tuple[str, int]], told: Told, telling: Telling) -> None:
    others = {pk for pk, _changes in told if pk not in held}  # organisations, which keep their version
    found = Party.readable.filter(pk__among=list(others)).values_list("pk", "name", "version") if others else ()
    named = {pk: (name, version + 1) for pk, (name, version) in held.items()}
    named |= {pk: (name, version) for pk, name, version in found}
    telling.tell_many([(pk, *named[pk], changes) for pk, changes in told])


def _words(code: str, held: Iterable[int], rows: QuerySet, item: Item, target: Item) -> Told:
    """Return the changes of tags or skills: all names before and after, as when they are edited by hand."""
    use = USES[code]
    names: dict[int, dict[int, str]] = {pk: {} for pk in held}
    having = use.rows._default_manager.filter(party__among=list(names))
    for pk, word, name in having.values_list("party_id", use.column, f"{use.column}__name"):
        names[pk][word] = name
    return [
        (pk, {code: [_sorted(before), _sorted({**before, item.pk: target.name})]}) for pk, before in names.items()
    ]


def _sorted(names: dict[int, str]) -> list[str]:
    return sorted(set(names.values()), key=str.casefold)


def _one(code: str, held: Iterable[int], rows: QuerySet, item: Item, target: Item) -> Told:
    """Return the changes of a family or a status, of which a record has only one."""
    return [(pk, {_FIELD_OF[code]: [item.name, target.name]}) for pk in held]


def _places(code: str, held: Iterable[int], rows: QuerySet, item: Item, target: Item) -> Told:
    """Return the changes of functions. In an organisation that not everyone sees, the change is recorded on the
    organisation and not on the person (B3).
    """
    told: Told = []
    of_hidden: dict[int, Changes] = {}
    for place in rows.order_by("contact_id", "pk").select_related("organisation"):
        function: Changes = {"function": [place.function, target.name]}
        if public(place.organisation):
            where = reference(place.organisation_id, place.organisation.name)
            told.append((place.contact_id, {"organisation": [where, where]} | function))
        else:
            of_hidden[place.organisation_id] = function
    return [*told, *of_hidden.items()]


_TOLD: dict[str, Callable[..., Told]] = {
    "functions": _places,
    "skills": _words,
    "families": _one,
    "statuses": _one,
    "tags": _words,
}
"""List → the function that computes the changes of records; categories are not on records."""


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
    rows = use.own()
    if code == "functions":
        rows = use.repeated() if theirs else use.rows._default_manager.all()
    concerned = _reword(code, rows, old_key, item, name, key)
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
