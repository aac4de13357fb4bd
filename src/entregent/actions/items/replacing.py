"""Replace an item of a reference list by another, with an entry in the journal of each record.

The number of statements does not depend on the number of records: a hundred thousand may have a tag.
"""

from collections.abc import Callable, Iterable

from django.db.models import F, QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.items.uses import USES
from entregent.directory.models import Item, Party
from entregent.directory.parties.cards import reference
from entregent.directory.positions.held import public
from entregent.journal.telling import Telling

from . import following as item_following

Changes = dict[str, list]
Told = list[tuple[int, Changes]]
"""Pairs of party id and its changes; a person appears once per position."""
_FIELDS = {"families": "family", "statuses": "status"}


def replace(by: Actor, code: str, item: Item, target: Item, telling: Telling) -> None:
    """Replace ``item`` by ``target`` everywhere, and write the change of each record to the journal."""
    telling.say(item=item.name, other=target.name, of=code)
    rows = USES[code].of(USES[code].own(), item)
    held = _held(USES[code].thing, rows) if code in _TOLD else {}
    told = _TOLD[code](code, held, rows, item, target) if held else []
    item_following.replace(by, code, item, target)
    if held:
        Party.objects.filter(pk__among=list(held)).update(
            version=F("version") + 1, updated_at=telling.at, last_action_at=telling.at
        )
        _tell(held, told, telling)


def _held(thing: str, rows: QuerySet) -> dict[int, tuple[str, int]]:
    """Lock the account's records that use the item until the transaction ends: id → (name, version)."""
    ids = list(rows.order_by().values_list(thing or "pk", flat=True).distinct())
    found = Party.objects.select_for_update(no_key=True).filter(pk__among=ids).order_by("pk")
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
    return [(pk, {_FIELDS[code]: [item.name, target.name]}) for pk in held]


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
