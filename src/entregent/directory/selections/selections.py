"""A search as an object: parameters ↔ queryset ↔ sentences. Lists, exports, the API and bulk actions share it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem, problem_of
from entregent.directory.models import Party
from entregent.directory.visibility.visibility import PartyQuerySet
from entregent.kernel.errors import Bad
from entregent.store.pages import Order, Page, capped_count, page_of, position
from entregent.store.text_search import Found, nearest

from .addresses import BESIDE, TRACKING, text_of
from .asking import ask, conditions_in, note_all, problems_of, words_in
from .condition import Asking, Part, together
from .known import Known
from .narrowing import narrow, one_by_one
from .search import INDEX, problems_of_words, search

SORTS: dict[str, tuple[str, ...]] = {
    "name": ("sort_name", "id"),
    "organisation": ("sort_organisation", "sort_name", "id"),
    "city": ("sort_city", "sort_name", "id"),
    "active": ("active", "sort_name", "id"),
    "status": ("status_rank", "sort_name", "id"),
    "last_action": ("last_action_at", "id"),
    "created": ("created_at", "id"),
}
"""The sorts offered, each with an index. A leading minus in the address reverses one."""

Who = tuple[int, int | None]
"""Who asks: the ids of an account and a user."""


def problems_beside(params: Mapping[str, Any], known: Iterable[str] = ("q", "sort", "kind")) -> list[Problem]:
    """Return the problems of what is no condition: an unknown sort order, or a name that only addresses have.

    A page passes them over; where a search alone is given, it would find more than was asked. ``known``: the others.
    """
    names = [name for name in params if name.startswith(TRACKING) or name in BESIDE.difference(known)]
    problems = [Problem(name, "filter_unknown", {"name": name}) for name in names]
    sort = text_of(params.get("sort")).lstrip("-")
    return [*problems, Problem("sort", "sort_unknown", {"name": sort})] if sort and sort not in SORTS else problems


@dataclass(frozen=True, slots=True)
class Selection:
    """A search of the directory: a kind, words, conditions and an order, all of which are in the address.

    ``conditions``: name → value, both as in the address. ``problems``: what can't be read of them; it selects
    nobody, so that a mistyped address never shows (or changes) more than was asked. ``known``: what its reader knows
    of the names in several searches; by default it is looked up for this one.
    """

    kind: str
    query: str = ""
    conditions: dict[str, str] = field(default_factory=dict)
    sort: str = "name"
    descending: bool = False
    ids: frozenset[int] | None = None
    problems: tuple[Problem, ...] = ()
    known: Known | None = field(default=None, compare=False, repr=False)
    _found: dict[Who, Found] = field(init=False, default_factory=dict, compare=False, repr=False)
    _lost: dict[Who, tuple[Problem, ...]] = field(init=False, default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, kind: str, params: Mapping[str, Any], known: Known | None = None) -> "Selection":
        """Read an address's parameters; unknown conditions and unreadable values become ``problems``."""
        sort = str(params.get("sort") or "name")
        conditions, query = conditions_in(params), words_in(params)
        return cls(
            kind=kind,
            query=query,
            conditions=conditions,
            sort=sort.lstrip("-") if sort.lstrip("-") in SORTS else "name",
            descending=sort.startswith("-"),
            problems=(*problems_of_words(query), *problems_of(conditions)),
            known=known,
        )

    @property
    def order(self) -> Order:
        """The order of the results."""
        return Order(SORTS[self.sort], self.descending)

    @property
    def narrowed(self) -> bool:
        """Whether the search leaves out anything."""
        return bool(self.query or self.conditions or self.ids is not None)

    def params(self) -> dict[str, str]:
        """Return the parameters of an address for this search."""
        sort = ("-" if self.descending else "") + self.sort
        params = {"q": self.query} if self.query else {}
        return params | self.conditions | ({"sort": sort} if sort != "name" else {})

    def without(self, name: str) -> "Selection":
        """Return the search without one condition."""
        return replace(self, conditions={key: value for key, value in self.conditions.items() if key != name})

    def of(self, ids: frozenset[int]) -> "Selection":
        """Return the search limited to ``ids``."""
        return replace(self, ids=ids)

    def parties(self, by: Actor) -> PartyQuerySet:
        """Return the parties found that ``by`` may see, unordered."""
        return self._search(by).rows if self.query else self._within(by).filter(self._asked(by))

    def parts(self, by: Actor) -> list[Q]:
        """Return a part for each account that a page is read from (see ``page_of``); none for one account."""
        accounts = by.account_ids[:1] if self.conditions.get("source") == "mine" else by.account_ids
        return [Q(account=pk) for pk in accounts] if by.account.reference_id else []

    def count(self, by: Actor) -> tuple[int, bool]:
        """Return how many parties are found, counted up to 1,000, and whether there are more."""
        found = self._search(by)
        return found.count or capped_count(found.rows)

    def page(self, by: Actor, cursor: str = "", columns: Iterable[str] = (), size: int = 50) -> Page:
        """Return a page of them in order, as ``page_of`` does; rows are dicts of ``columns`` if any are named."""
        found = self._search(by)
        if found.texts is None or self.sort != "name":
            return page_of(_rows(found.rows, columns), self.order, cursor, size, self.parts(by))
        backwards, values = position(cursor, self.order)
        edge, reverse = str(values[0]) if values else "", self.descending != backwards
        for nearby in nearest(INDEX, found, reverse, edge):
            page = page_of(_rows(nearby, columns), self.order, cursor, size)
            if page.previous if backwards else page.next:
                break
        return page

    def problems_for(self, by: Actor) -> tuple[Problem, ...]:
        """Return ``problems``, or that of a condition that ``by`` can't ask: it names a list hidden from them."""
        key = by.account.pk, by.user_id
        if key not in self._lost:
            self._asked(by)
        return self._lost[key]

    def _search(self, by: Actor) -> Found:
        """Search once for a page and its count."""
        key = by.account.pk, by.user_id
        if key not in self._found:
            self._found[key] = self._find(by)
        return self._found[key]

    def _find(self, by: Actor) -> Found:
        parties, asked = self._within(by), self._asked(by)
        if not self.query or self.problems_for(by):  # unreadable search words find nobody
            return narrow(parties, asked)
        return search(parties.filter(one_by_one(asked)), self.query, self._seen(by))

    def _within(self, by: Actor) -> PartyQuerySet:
        """Return the parties to search in."""
        seen = self._seen(by)
        return seen if self.ids is None else seen.filter(pk__in=self.ids)

    def _seen(self, by: Actor) -> PartyQuerySet:
        return Party.readable.visible_to(by).filter(kind=self.kind)

    def _asked(self, by: Actor) -> Q:
        """Return all conditions together, without the words; nobody when one can't be asked, even below a ``not``."""
        parts, asking = list[Part](), Asking(self._known(by))
        lost = self.problems or problems_of_words(self.query)
        for name, value in self.conditions.items() if not lost else ():
            try:
                parts += ask(name, value, asking)
            except Bad as bad:
                lost = (problem_of(name, bad),)
                break
        self._lost[by.account.pk, by.user_id] = lost
        return Q(pk__in=[]) if lost else together(parts, asking)

    def _known(self, by: Actor) -> Known:
        if self.known is not None and self.known.by == by:
            return self.known
        known = Known(by)
        note_all(known, [self.conditions])
        return known


def _rows(parties: PartyQuerySet, columns: Iterable[str]) -> QuerySet:
    return parties.values(*columns) if columns else parties
