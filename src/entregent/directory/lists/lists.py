"""Reading lists: who is in them, how many, and which lists a record is in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, F, QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.models import ContactList, ListMember, Party, Share
from entregent.directory.selections.asking import leaves_of, note_all
from entregent.directory.selections.inputs import ListId
from entregent.directory.selections.known import Known
from entregent.directory.selections.register import CONDITIONS
from entregent.directory.selections.search import pieces_of
from entregent.directory.selections.selections import Selection
from entregent.directory.selections.stored import shown_to
from entregent.directory.visibility.visibility import PartyQuerySet, Visibility, seen_by
from entregent.kernel.ids import read_ids
from entregent.kernel.text import fold
from entregent.store.pages import Counted, Order
from entregent.store.prepared import prepared

from .reach import seen_lists

ORDER = Order(("category_rank", "category_key", "key", "id"))
"""By category, as the account orders them, then by name."""
TRIGRAM = 3
"""Shorter pieces of text are not in the search index."""
MOST_FOUND = 10_000
"""How far the page of all lists counts what a dynamic list finds; members of a static list are all counted."""


def ordered(lists: QuerySet[ContactList]) -> QuerySet[ContactList]:
    """Return the lists with their categories and what ``ORDER`` sorts by."""
    return lists.select_related("category").annotate(
        category_rank=F("category__rank"), category_key=F("category__key")
    )


def named(by: Actor, name: str) -> list[ContactList]:
    """Return the lists of this name that ``by`` may see, by category; case and accents don't count.

    A category before it tells namesakes apart: «Communication/Presse».
    """
    found = list(ordered(seen_lists(by).filter(key=list_key(name))).order_by(*ORDER.fields))
    category, _slash, last = name.rpartition("/")
    if found or not category.strip():
        return found
    return [each for each in named(by, last) if list_key(each.category.name) == list_key(category)]


def list_key(name: str) -> str:
    """Return the key that is equal for two names that count as the same."""
    return (fold(name) or name.casefold().strip())[:150]


def search_of(by: Actor, found: ContactList, known: Known | None = None) -> Selection:
    """Return the search of a dynamic list as ``by`` may see it. ``known``: as in ``Selection``."""
    return Selection.read(found.search.get("kind", Party.Kind.PERSON), shown_to(by, found.search), known)


def searches_of(by: Actor, lists: Iterable[ContactList]) -> dict[int, Selection]:
    """Return by list's id the searches of those that are dynamic; what they name is looked up together."""
    dynamic, known = [each for each in lists if each.is_dynamic], Known(by)
    note_all(known, [each.search for each in dynamic])
    return {each.pk: search_of(by, each, known) for each in dynamic}


def members(by: Actor, found: ContactList) -> PartyQuerySet:
    """Return the members of a list that ``by`` may see, outside the bin: contacts and organisations."""
    if found.is_dynamic:
        return search_of(by, found).parties(by)
    return Party.readable.visible_to(by).filter(lists__list=found)


def problems_in(by: Actor, lists: Iterable[ContactList]) -> dict[int, str]:
    """Return by list's id why a search can't be read, of those dynamic lists that therefore have no member."""
    asked = {pk: search.problems_for(by) for pk, search in searches_of(by, lists).items()}
    return {pk: problems[0].message for pk, problems in asked.items() if problems}


def kinds_of(found: ContactList) -> tuple[str, ...]:
    """Return the kinds of records that a list may hold; a dynamic one holds the kind that it searches."""
    return (found.search.get("kind", "p"),) if found.is_dynamic else ("p", "o")


def counts(by: Actor, lists: Iterable[ContactList]) -> dict[int, tuple[int, bool]]:
    """Return by list's id how many members ``by`` may see, and whether there are more.

    As few queries for many lists as for one.
    """
    lists = list(lists)
    static = [each.pk for each in lists if not each.is_dynamic]
    found = {pk: (number, False) for pk, number in _members(by, static).items()}
    searches = searches_of(by, lists)
    if searches:
        asked = {
            f"in_{pk}": Counted(_found(by, search).values("pk")[: MOST_FOUND + 1]) for pk, search in searches.items()
        }
        row: Any = ContactList.objects.filter(pk=next(iter(searches))).values(**asked).get()
        for pk in searches:
            number = row[f"in_{pk}"] or 0  # None if Django knows that the result is empty
            found[pk] = min(number, MOST_FOUND), number > MOST_FOUND
    return found


def _members(by: Actor, lists: Sequence[int]) -> dict[int, int]:
    """Count members by list: all of them, less those in the bin or hidden from ``by``, who are few and indexed.

    Asking of each member whether ``by`` may see it would read every contact of the account.
    """
    found = dict.fromkeys(lists, 0)
    if lists:
        rows = ListMember.objects.filter(list__in=lists).order_by()
        binned = Party.objects.exclude(binned_at=None)
        hidden = Party.objects.exclude(visibility=Visibility.EVERYONE).exclude(seen_by(by, Share.objects.all()))
        lost = binned.values("pk").order_by().union(hidden.values("pk").order_by())
        for sign, members in ((1, rows), (-1, rows.filter(party__in=lost))):
            for pk, number in members.values_list("list").annotate(number=Count("pk")):
                found[pk] += sign * number
    return found


def counts_by_kind(by: Actor, found: ContactList) -> dict[str, int]:
    """Return how many contacts and organisations of a static list ``by`` may see. One query."""
    return _members_by_kind(by, [found.pk])[found.pk]


def _members_by_kind(by: Actor, lists: Sequence[int]) -> dict[int, dict[str, int]]:
    """Count members by list and kind. A join is enough: members are records of the account, which no layer hides."""
    found = {pk: {"p": 0, "o": 0} for pk in lists}
    if lists:
        rows = ListMember.objects.filter(list__in=lists, party__binned_at=None)
        seen = rows.filter(seen_by(by, Share.objects.all(), "party__")).order_by().values_list("list", "party__kind")
        for pk, kind, number in seen.annotate(number=Count("pk")):
            found[pk][kind] = number
    return found


def _found(by: Actor, search: Selection) -> PartyQuerySet:
    """Return what a dynamic list finds, to use as a subquery: the search index is not asked first."""
    parties = replace(search, query="").parties(by).order_by()
    pieces = [] if search.problems else pieces_of(search.query)
    long = [piece for piece in pieces if len(piece) >= TRIGRAM]
    if long:
        parties = parties.filter(search_text__indexed=long)
    return parties.filter(search_text__walked=pieces) if pieces else parties


def lists_of(by: Actor, party: Party) -> list[ListMember]:
    """Return the static lists that a record is in and ``by`` may see, with when it joined and who added it."""
    return _lists_of(by, party.pk)


@prepared
def _lists_of(by: Actor, party: int) -> QuerySet[ListMember]:
    rows = ListMember.objects.filter(party=party, list__in=seen_lists(by).filter(archived_at=None))
    return rows.select_related("list__category", "added_by").order_by("list__key", "list")


def made_of(by: Actor, found: Sequence[ContactList]) -> list[ContactList]:
    """Return the visible dynamic lists whose search names one of ``found``; without it they would find nobody."""
    ids = {each.pk for each in found}
    others = seen_lists(by).filter(kind=ContactList.Kind.DYNAMIC).exclude(pk__in=ids)
    return [each for each in others if lists_in(each.search) & ids]


def lists_in(search: Mapping[str, Any]) -> set[int]:
    """Return the ids of the lists that a search names."""
    asked = [(CONDITIONS.get(leaf.name), leaf.value) for leaf in leaves_of(search)]
    named = [value for condition, value in asked if condition and isinstance(condition.input, ListId)]
    return set(read_ids(named))
