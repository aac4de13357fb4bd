"""Lists as one reads them: who is in them, how many, and which lists someone is in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, F, QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.models import ContactList, ListMember, Party, Share
from entregent.directory.selections.asking import leaves_of
from entregent.directory.selections.inputs import ListId
from entregent.directory.selections.register import CONDITIONS
from entregent.directory.selections.search import pieces_of
from entregent.directory.selections.selections import Selection
from entregent.directory.visibility.visibility import PartyQuerySet, seen_by
from entregent.kernel.text import fold
from entregent.store.pages import Counted, Order
from entregent.store.prepared import prepared

from .reach import seen_lists

ORDER = Order(("category_rank", "category_key", "key", "id"))
"""By category, as the account orders them, then by name."""
TRIGRAM = 3
"""Shorter pieces of text are not in the search index."""
MOST_FOUND = 10_000
"""Where lists are listed, what a dynamic list finds is counted up to here; a static list's members always all."""


def ordered(lists: QuerySet[ContactList]) -> QuerySet[ContactList]:
    """The lists with what ``ORDER`` sorts by, and their categories."""
    return lists.select_related("category").annotate(
        category_rank=F("category__rank"), category_key=F("category__key")
    )


def named(by: Actor, name: str) -> list[ContactList]:
    """The lists of this name that ``by`` may see, whatever case and accents it is typed with, by category.

    A category before it tells namesakes apart: «Communication/Presse».
    """
    found = list(ordered(seen_lists(by).filter(key=list_key(name))).order_by(*ORDER.fields))
    category, _slash, last = name.rpartition("/")
    if found or not category.strip():
        return found
    return [each for each in named(by, last) if list_key(each.category.name) == list_key(category)]


def list_key(name: str) -> str:
    """What makes two names the same."""
    return (fold(name) or name.casefold().strip())[:150]


def search_of(found: ContactList) -> Selection:
    """What a dynamic list asks."""
    return Selection.read(found.search.get("kind", Party.Kind.PERSON), found.search)


def members(by: Actor, found: ContactList) -> PartyQuerySet:
    """Who is in a list, as far as ``by`` may see them, outside the bin: contacts and organisations."""
    if found.is_dynamic:
        return search_of(found).parties(by)
    return Party.readable.visible_to(by).filter(lists__list=found)


def kinds_of(found: ContactList) -> tuple[str, ...]:
    """Which kinds of records a list may hold: a dynamic one, the one that it searches."""
    return (found.search.get("kind", "p"),) if found.is_dynamic else ("p", "o")


def counts(by: Actor, lists: Iterable[ContactList]) -> dict[int, tuple[int, bool]]:
    """How many of each list ``by`` may see, and whether there are more: list's id → count; two queries in all."""
    lists = list(lists)
    static = [each.pk for each in lists if not each.is_dynamic]
    found = {pk: (sum(kinds.values()), False) for pk, kinds in _members_by_kind(by, static).items()}
    dynamic = {f"in_{each.pk}": each for each in lists if each.is_dynamic}
    if dynamic:
        asked = {name: Counted(_found(by, each).values("pk")[: MOST_FOUND + 1]) for name, each in dynamic.items()}
        row: Any = ContactList.objects.filter(pk=next(iter(dynamic.values())).pk).values(**asked).get()
        for name, each in dynamic.items():
            number = row[name] or 0  # None where Django sees that nobody can be found
            found[each.pk] = min(number, MOST_FOUND), number > MOST_FOUND
    return found


def counts_by_kind(by: Actor, found: ContactList) -> dict[str, int]:
    """How many contacts and how many organisations of a static list ``by`` may see; one query."""
    return _members_by_kind(by, [found.pk])[found.pk]


def _members_by_kind(by: Actor, lists: Sequence[int]) -> dict[int, dict[str, int]]:
    """Members are the account's own records: no shared one hides behind a layer, so a join will do."""
    found = {pk: {"p": 0, "o": 0} for pk in lists}
    if lists:
        rows = ListMember.objects.filter(list__in=lists, party__binned_at=None)
        seen = rows.filter(seen_by(by, Share.objects.all(), "party__")).order_by().values_list("list", "party__kind")
        for pk, kind, number in seen.annotate(number=Count("pk")):
            found[pk][kind] = number
    return found


def _found(by: Actor, found: ContactList) -> PartyQuerySet:
    """What a dynamic list finds, as part of a query: nothing is asked of the search index before."""
    search = search_of(found)
    parties, pieces = replace(search, query="").parties(by).order_by(), pieces_of(search.query)
    long = [piece for piece in pieces if len(piece) >= TRIGRAM]
    if long:
        parties = parties.filter(search_text__indexed=long)
    return parties.filter(search_text__walked=pieces) if pieces else parties


def lists_of(by: Actor, party: Party) -> list[ListMember]:
    """The static lists that a record is in, of those that ``by`` may see: with when it joined, and through whom."""
    return _lists_of(by, party.pk)


@prepared
def _lists_of(by: Actor, party: int) -> QuerySet[ListMember]:
    rows = ListMember.objects.filter(party=party, list__in=seen_lists(by).filter(archived_at=None))
    return rows.select_related("list__category", "added_by").order_by("list__key", "list")


def made_of(by: Actor, found: Sequence[ContactList]) -> list[ContactList]:
    """The dynamic lists, of those that ``by`` may see, whose search names one of these: they would find nobody."""
    ids = {each.pk for each in found}
    others = seen_lists(by).filter(kind=ContactList.Kind.DYNAMIC).exclude(pk__in=ids)
    return [each for each in others if lists_in(each.search) & ids]


def lists_in(search: Mapping[str, Any]) -> set[int]:
    """The lists that a search names, by their ids."""
    asked = [(CONDITIONS.get(leaf.name), leaf.value) for leaf in leaves_of(search)]
    named = [value for condition, value in asked if condition and isinstance(condition.input, ListId)]
    return {int(value) for value in named if value.isdecimal()}
