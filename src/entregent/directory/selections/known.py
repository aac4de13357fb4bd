"""What searches name, as far as their reader may know it: items of reference lists, users, organisations, lists.

Each kind is looked up once, for all names that were noted before: many searches ask no more queries than one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from django.db.models.functions import Coalesce

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.directory.items.register import LISTS, known_to
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party

USERS, ORGANISATIONS, ALL_LISTS = "users", "organisations", "lists"

Name = tuple[str, Any]
"""A kind, and what stands for one of it in a search: the key of an item's name, an id."""


class Known:
    """What a reader knows of the names in one search, or in several."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self._noted: dict[str, set] = defaultdict(set)
        self._found: dict[str, dict] = defaultdict(dict)

    def note(self, name: Name) -> None:
        """Look this name up when the next one of its kind is."""
        self._noted[name[0]].add(name[1])

    def find(self, name: Name) -> Any:
        """Return what a name stands for, as the functions of ``_FINDING`` do; None if the reader knows none."""
        kind, value = name
        found = self._found[kind]
        if value not in found:
            asked = {value} | self._noted[kind] - found.keys()
            found.update(dict.fromkeys(asked))
            found.update(_FINDING[kind](self.by, asked))
        return found[value]


def _items(code: str, by: Actor, keys: Collection[str]) -> dict[str, list[int]]:
    """Return the ids of the items of each key; an account and the service may both have one."""
    found: dict[str, list[int]] = {}
    for pk, key in known_to(by, code).filter(key__among=keys).order_by().values_list("pk", "key"):
        found.setdefault(key, []).append(pk)
    return found


def _users(by: Actor, ids: Collection[int]) -> dict[int, int]:
    """Return those who are or were members of the account."""
    there = Membership.objects.filter(user_id__in=ids).order_by().values_list("user_id", flat=True)
    return {pk: pk for pk in there}


def _organisations(by: Actor, ids: Collection[int]) -> dict[int, int]:
    """Return the records that positions point to: for a layer the shared record under it."""
    known = Party.readable.known_to(by).filter(kind="o", pk__among=ids)
    return dict(known.values_list("pk", Coalesce("base", "pk")))


def _lists(by: Actor, ids: Collection[int]) -> Mapping[int, Any]:
    return {each.pk: each for each in seen_lists(by).filter(pk__among=ids)}


_FINDING: dict[str, Callable[[Actor, Collection], Mapping]] = {
    **{code: partial(_items, code) for code in LISTS},
    USERS: _users,
    ORGANISATIONS: _organisations,
    ALL_LISTS: _lists,
}
"""Kind → a function that returns what the names of this kind stand for, by name."""
