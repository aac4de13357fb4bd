"""A search as an object: parameters ↔ queryset ↔ conditions to say. List, export, API and bulk actions share it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold

from . import custom_filters
from .cards import CUSTOM
from .cleaning import item_key, tag_key
from .messages import Problem, problem_of
from .models import (
    Address,
    ContactStatus,
    ListMember,
    OrganisationFamily,
    Party,
    PartySkill,
    PartyTag,
    Position,
)
from .nested import condition, parse
from .pages import Order, Page, capped_count, page_of, position
from .reach import seen_lists
from .search import Found, matching, search
from .trigrams import nearest
from .visibility import PartyQuerySet
from .whereabouts import held_today, holds, in_department, in_known

NONE = "-"
"""What stands for «none» as a condition's value."""
ME = ("moi", "me")
DEEPEST = 5
"""So many dynamic lists may be made of each other."""
SORTS: dict[str, tuple[str, ...]] = {
    "name": ("sort_name", "id"),
    "organisation": ("sort_organisation", "sort_name", "id"),
    "city": ("sort_city", "sort_name", "id"),
    "active": ("active", "sort_name", "id"),
    "status": ("status_rank", "sort_name", "id"),
    "last_action": ("last_action_at", "id"),
    "created": ("created_at", "id"),
}
"""The sorts offered: each has its index. A leading minus in the address means the other way round."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: a condition must not tell who is in an organisation hidden from them (B3).

    ``by``: None while a condition is only checked for its form. ``within``: the lists whose searches are being
    followed; one that comes back to itself selects nobody.
    """

    by: Actor | None
    within: frozenset[int] = frozenset()


def _tag(value: str, asking: Asking) -> Q:
    return Q(pk__in=PartyTag.readable.filter(tag__key=tag_key(value)).values("party"))


def _organisation(value: str, asking: Asking) -> Q:
    if not value.isdecimal() or len(value) > 18:
        raise Bad("organisation_unknown")
    if asking.by is None:
        return Q()
    roots = Party.readable.known_to(asking.by).filter(pk=int(value)).values(root=Coalesce("base", "pk"))
    return Q(pk__in=Position.readable.filter(organisation__in=roots).values("contact"))


def _active(value: str, asking: Asking) -> Q:
    return Q(active=_yes(value))


def _yes(value: str) -> bool:
    if value.casefold() not in ("true", "false", "1", "0", "oui", "non", "yes", "no"):
        raise Bad("boolean")
    return value.casefold() in ("true", "1", "oui", "yes")


def _function(value: str, asking: Asking) -> Q:
    held = Position.readable.filter(held_today(), function_key=fold(value)[:150])
    return Q(pk__in=in_known(held, asking.by).values("contact"))


def _own(asking: Asking) -> Q:
    """Where the operator stands with a shared record is nobody else's business."""
    return Q(account=asking.by.account.pk) if asking.by and asking.by.account.reference_id else Q()


def _status(value: str, asking: Asking) -> Q:
    """By its name; ``-``: without any."""
    if value == NONE:
        return ~(Q(status__isnull=False) & _own(asking))
    found = ContactStatus.readable.filter(key=item_key(value))
    return Q(status__in=list(found.values_list("pk", flat=True)) if asking.by else []) & _own(asking)


def _skill(value: str, asking: Asking) -> Q:
    return Q(pk__in=PartySkill.readable.filter(skill__key=item_key(value)).values("party"))


def _family(value: str, asking: Asking) -> Q:
    if value == NONE:
        return Q(family=None)
    found = OrganisationFamily.readable.filter(key=item_key(value))
    return Q(family__in=list(found.values_list("pk", flat=True)) if asking.by else [])


def _assigned_to(value: str, asking: Asking) -> Q:
    """To a user by id, to oneself (``moi``), to nobody (``-``)."""
    if value == NONE:
        return ~(Q(assigned_to__isnull=False) & _own(asking))
    if value in ME:
        return Q(assigned_to=asking.by.user_id if asking.by else None) & _own(asking)
    if not value.isdecimal() or len(value) > 18:
        raise Bad("user_unknown")
    return Q(assigned_to=int(value)) & _own(asking)


def _mail_refused(value: str, asking: Asking) -> Q:
    refused = Q(mail_refused_at__isnull=False) & _own(asking)
    return refused if _yes(value) else ~refused


def _had_function(value: str, asking: Asking) -> Q:
    """Now or before: what the reference list of functions counts."""
    held = Position.readable.filter(function_key=fold(value)[:150])
    return Q(pk__in=in_known(held, asking.by).values("contact"))


def _city(value: str, asking: Asking) -> Q:
    return Q(pk__in=Address.readable.filter(city_key=fold(value)[:120]).values("party"))


def _postal_code(value: str, asking: Asking) -> Q:
    return Q(pk__in=Address.readable.filter(postal_code__startswith=value.upper()[:20]).values("party"))


def _country(value: str, asking: Asking) -> Q:
    return Q(pk__in=Address.readable.filter(country=value.upper()[:2]).values("party"))


def _added_since(value: str, asking: Asking) -> Q:
    return Q(created_at__date__gte=parse_date(value))


def _no_action_for(value: str, asking: Asking) -> Q:
    if not value.isdecimal() or len(value) > 5:
        raise Bad("shape")
    return Q(last_action_at__lt=timezone.now() - timedelta(days=int(value)))


def _list(value: str, asking: Asking) -> Q:
    """A static list has its members; a dynamic one is its own search, asked by the same reader."""
    if not value.isdecimal() or len(value) > 18:
        raise Bad("list_unknown")
    if asking.by is None:
        return Q()
    found = seen_lists(asking.by).filter(pk=int(value)).first()
    if found is None or found.pk in asking.within or len(asking.within) > DEEPEST:
        raise Bad("list_unknown")
    if not found.is_dynamic:
        return Q(pk__in=ListMember.objects.filter(list=found).values("party"))
    search = Selection.read(found.search.get("kind", "p"), found.search)
    return Q(kind=search.kind) & search.condition(replace(asking, within=asking.within | {found.pk}))


def _source(value: str, asking: Asking) -> Q:
    """``mine``: the account's own records; ``service``: those of the shared directory, under a layer or not."""
    if value not in ("mine", "service"):
        raise Bad("shape")
    own = Q(account=asking.by.account.pk if asking.by else None, base=None)
    return own if value == "mine" else ~own


FILTERS: dict[str, Callable[[str, Asking], Q]] = {
    "tag": _tag,
    "organisation": _organisation,
    "status": _status,
    "skill": _skill,
    "family": _family,
    "assigned_to": _assigned_to,
    "mail_refused": _mail_refused,
    "active": _active,
    "function": _function,
    "had_function": _had_function,
    "holder": lambda value, asking: holds(value, asking.by),
    "list": _list,
    "city": _city,
    "postal_code": _postal_code,
    "department": lambda value, asking: in_department(value),
    "country": _country,
    "language": lambda value, asking: Q(language=value),
    "added_since": _added_since,
    "no_action_for": _no_action_for,
    "source": _source,
    "updated_since": lambda value, asking: Q(updated_at__date__gte=parse_date(value)),
    "f": lambda value, asking: condition(parse(value), lambda name, one: _leaf(name, one, asking)),
}
"""Each condition that an address may carry: name → what it asks of a party."""


def _leaf(name: str, value: str, asking: Asking) -> Q:
    """A condition within a nested filter."""
    if name == "f" or (name not in FILTERS and not name.startswith(CUSTOM)):
        raise Bad("filter_unknown", name=name)
    return _ask(name, value, asking)


def _ask(name: str, value: str, asking: Asking) -> Q:
    if name in FILTERS:
        return FILTERS[name](value, asking)
    return custom_filters.asked_of(asking.by, name, value)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked of the directory: a kind, words, conditions and an order; all of it in the address.

    ``conditions``: name → value, both as in the address. ``problems``: conditions that can't be read; they
    select nothing, so that a mistyped address never shows (or changes) more than was asked.
    """

    kind: str
    query: str = ""
    conditions: dict[str, str] = field(default_factory=dict)
    sort: str = "name"
    descending: bool = False
    ids: frozenset[int] | None = None
    problems: tuple[Problem, ...] = ()
    _found: dict[tuple[int, int | None], Found] = field(init=False, default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, kind: str, params: Mapping[str, Any]) -> "Selection":
        """From an address's parameters; unknown ones are passed over, unreadable values noted."""
        sort = str(params.get("sort") or "name")
        given = {name: _text(params.get(name)) for name in (*FILTERS, *custom_filters.names(params))}
        conditions = {name: value for name, value in given.items() if value}
        problems = []
        for name, value in conditions.items():
            try:
                _ask(name, value, Asking(None))
            except Bad as bad:
                problems.append(problem_of(name, bad))
        return cls(
            kind=kind,
            query=_text(params.get("q"))[:200],
            conditions=conditions,
            sort=sort.lstrip("-") if sort.lstrip("-") in SORTS else "name",
            descending=sort.startswith("-"),
            problems=tuple(problems),
        )

    @property
    def order(self) -> Order:
        return Order(SORTS[self.sort], self.descending)

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.query or self.conditions or self.ids is not None)

    def params(self) -> dict[str, str]:
        """The address's parameters that say the same."""
        sort = ("-" if self.descending else "") + self.sort
        params = {"q": self.query} if self.query else {}
        return params | self.conditions | ({"sort": sort} if sort != "name" else {})

    def without(self, name: str) -> "Selection":
        """The same without one condition."""
        return replace(self, conditions={key: value for key, value in self.conditions.items() if key != name})

    def of(self, ids: frozenset[int]) -> "Selection":
        """Only those of ``ids`` that are selected."""
        return replace(self, ids=ids)

    def parties(self, by: Actor) -> PartyQuerySet:
        """The parties selected that ``by`` may see, in no order yet."""
        return self._search(by).parties

    def condition(self, asking: Asking) -> Q:
        """What it asks of a party besides its kind, as part of a wider question. Raises ``Bad``."""
        asked = self._conditions(asking)
        if self.query:
            found = matching(Party.readable.filter(kind=self.kind), self.query)
            asked &= Q(pk__in=found.values("pk"))
        return asked

    def parts(self, by: Actor) -> list[Q]:
        """The accounts that a page is read from (see ``page_of``): one has nothing to part."""
        accounts = by.account_ids[:1] if self.conditions.get("source") == "mine" else by.account_ids
        return [Q(account=pk) for pk in accounts] if by.account.reference_id else []

    def count(self, by: Actor) -> tuple[int, bool]:
        """How many they are, counted to 1,000, and whether there are more («1 000+»)."""
        found = self._search(by)
        return found.count or capped_count(found.parties)

    def page(self, by: Actor, cursor: str = "", columns: Iterable[str] = (), size: int = 50) -> Page:
        """A page of them in order, as ``page_of`` gives it; rows are dicts of ``columns`` if any are named."""
        found = self._search(by)
        if found.texts is None or self.sort != "name":
            return page_of(_rows(found.parties, columns), self.order, cursor, size, self.parts(by))
        backwards, values = position(cursor, self.order)
        edge, reverse = str(values[0]) if values else "", self.descending != backwards
        for ids in nearest(found.candidates, reverse, edge, found.share):
            page = page_of(_rows(found.texts.filter(pk__among=ids), columns), self.order, cursor, size)
            if page.previous if backwards else page.next:
                break
        return page

    def _search(self, by: Actor) -> Found:
        """What was found is kept: a page and its count ask once."""
        key = by.account.pk, by.user_id
        if key not in self._found:
            self._found[key] = search(self._narrowed(by), self.query)
        return self._found[key]

    def _narrowed(self, by: Actor) -> PartyQuerySet:
        """The same before the words are looked for."""
        queryset = Party.readable.visible_to(by).filter(kind=self.kind).filter(self._asked(Asking(by)))
        if self.ids is not None:
            queryset = queryset.filter(pk__in=self.ids)
        return queryset

    def _asked(self, asking: Asking) -> Q:
        """All conditions together, without the words; nobody where one has no sense, however deep and denied."""
        try:
            return self._conditions(asking)
        except Bad:
            return Q(pk__in=[])

    def _conditions(self, asking: Asking) -> Q:
        """The same. Raises ``Bad`` where one has no sense."""
        if self.problems:
            raise Bad("shape")
        asked = Q()
        for name, value in self.conditions.items():
            asked &= _ask(name, value, asking)
        return asked


def _rows(parties: PartyQuerySet, columns: Iterable[str]) -> QuerySet:
    return parties.values(*columns) if columns else parties


def _text(value: Any) -> str:
    """A parameter's text, without the NUL that PostgreSQL refuses to look for."""
    return str(value or "").replace("\0", "").strip()
