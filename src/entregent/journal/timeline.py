"""Read the infobox of a party, of an organisation with its people, or of the account, as far as the reader may."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.directory.items.uses import USES_COUNTED as COUNTED
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party, Position
from entregent.directory.visibility.visibility import Visibility
from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_id
from entregent.store.pages import Counted, Order, Page, page_of, paged
from entregent.store.prepared import prepared

from .deeds import DEEDS, housekeeping, on_links
from .models import NAMED, About, Entry

NEWEST_FIRST = Order(("at", "id"), descending=True)


@dataclass(frozen=True, slots=True)
class Filter:
    """The filter of the infobox, as in the address: kind, author and dates. Unreadable values select nothing."""

    deed: str = ""
    author: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> "Filter":
        """Read the filter from an address's parameters."""
        return cls(*(str(params.get(name) or "").strip() for name in ("deed", "author", "since", "until")))

    def condition(self, prefix: str = "") -> Q:
        """Return the condition on entries; with ``prefix="entry__"``, on rows that refer to them."""
        condition = Q()
        try:
            if self.deed:
                condition &= Q(**{f"{prefix}deed": DEEDS[self.deed]})
            if self.author:
                condition &= Q(**{f"{prefix}by": read_id(self.author) or 0})
            if self.since:
                condition &= Q(**{f"{prefix}at__date__gte": parse_date(self.since)})
            if self.until:
                condition &= Q(**{f"{prefix}at__date__lte": parse_date(self.until)})
        except (KeyError, Bad):
            return Q(pk__in=[])
        return condition

    def params(self) -> dict[str, str]:
        """The filter as parameters of an address."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


@dataclass(slots=True)
class Told:
    """An entry as one reader may see it.

    ``abouts``: those of its first parties that the reader may see; in a party's infobox, only that party (or one of
    the organisation's people), with the other end of a position in ``others``. ``more``: the number of further
    parties that the reader may see, up to ``COUNTED`` + 1. ``numbers``: for a replaced item, kind → number of visible
    records, up to ``COUNTED`` + 1.
    """

    entry: Entry
    abouts: list[About] = field(default_factory=list)
    others: list[About] = field(default_factory=list)
    more: int = 0
    numbers: dict[str, int] = field(default_factory=dict)


def of_party(by: Actor, party: Party, wanted: Filter, cursor: str = "", size: int = 20) -> Page:
    """Return a page of entries about ``party``, which ``by`` may see; for an organisation, also about its people."""
    by.require(Can.READ_JOURNAL)
    who = (by, party.pk, party.root_id)
    if wanted.params() or cursor:
        abouts = _abouts(*who, person=party.is_person).filter(wanted.condition("entry__"))
        page = page_of(abouts, NEWEST_FIRST, cursor, size)
    else:
        page = paged(lambda *_first: [_newest(*who, person=party.is_person, limit=size + 1)], NEWEST_FIRST, size=size)
    for about in page.rows:
        if about.party_id in who[1:]:
            about.party = party  # already loaded
    _keep_lists(by, [about.entry for about in page.rows])
    links = _with_parties(by, [about.entry for about in page.rows if about.deed in on_links()])
    ends = {one.entry.pk: one.abouts for one in links}
    rows = [
        Told(about.entry, [about], [other for other in ends.get(about.entry_id, ()) if other.pk != about.pk])
        for about in page.rows
    ]
    return Page(rows, page.next, page.previous)


def _abouts(by: Actor, pk: int, root: int, *, person: bool) -> QuerySet[About]:
    """Return the journal rows of a party and its shared record; for an organisation, also of its people."""
    itself = Q(party=pk) | Q(party=root)
    concerned: Any = itself
    if not person:
        people = Position.readable.filter(organisation=root).values("contact")
        told_itself = Exists(About.objects.filter(itself, entry=OuterRef("entry")))
        of_people = Q(party__in=Party.readable.visible_to(by).filter(pk__in=people).values("pk"))
        concerned = concerned | (of_people & ~Q(told_itself))
    abouts = About.objects.filter(concerned).exclude(Q(deed__in=on_links()) & Q(_half_hidden(by, "entry")))
    return abouts.select_related(*(("entry",) if person else ("entry", "party")))


@prepared
def _newest(by: Actor, pk: int, root: int, *, person: bool, limit: int) -> QuerySet[About]:
    """Return the latest journal rows, for a record's page."""
    return _abouts(by, pk, root, person=person).order_by(*NEWEST_FIRST.clauses())[:limit]


def of_account(by: Actor, wanted: Filter, cursor: str = "", size: int = 50) -> Page:
    """Return a page of the account's infobox, newest first."""
    by.require(Can.READ_JOURNAL)
    page = page_of(entries_seen_by(by).filter(wanted.condition()), NEWEST_FIRST, cursor, size)
    return Page(_with_parties(by, page.rows), page.next, page.previous)


def entries_seen_by(by: Actor) -> QuerySet[Entry]:
    """Return the entries about a party that ``by`` may see (in the bin or not), and housekeeping if permitted.

    Entries about a party deleted for good stay visible to their author, and to all if the party was visible to all.
    """
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    about_seen = About.objects.filter(entry=OuterRef("pk")).filter(Exists(seen) | Q(party=None))
    visible: Any = Q(Exists(about_seen)) & ~(Q(deed__in=on_links()) & Q(_half_hidden(by, "pk")))
    if not by.previewer:  # what somebody did to records that only they see is no preview's business
        visible |= Q(by=by.user_id)
    if by.may(Can.MANAGE_ACCOUNT):
        visible |= Q(deed__in=housekeeping())
    return Entry.objects.filter(visible)


def _half_hidden(by: Actor, entry: str) -> Exists:
    """Return the condition that ``entry`` is about a position with an end that ``by`` may not see, hence hidden.

    Only for entries about positions, since it reads all parties of an entry.
    """
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    ends = About.objects.filter(entry=OuterRef(entry), deed__in=on_links()).exclude(party=None)
    return Exists(ends.exclude(Exists(seen)))


def _with_parties(by: Actor, entries: list[Entry]) -> list[Told]:
    """Return the entries with their first parties, in one query: an entry may have a hundred thousand."""
    if not entries:  # the query would cost a third of a record's page, though it is never sent
        return []
    told = {entry.pk: Told(entry) for entry in entries}
    for pk in _keep_lists(by, entries):
        del told[pk]
    found = About.objects.filter(entry__in=list(told), rank__lt=NAMED).select_related("party").order_by("rank", "id")
    abouts = list(found)
    parties = [about.party for about in abouts if about.party is not None]
    doubtful = [party.pk for party in parties if party.visibility != Visibility.EVERYONE]
    seen = set(Party.readable.seen_by(by).filter(pk__in=doubtful).values_list("pk", flat=True)) if doubtful else set()
    hidden = set(doubtful) - seen
    for about in abouts:
        if about.party_id not in hidden:
            told[about.entry_id].abouts.append(about)
    for pk, number in _with_more(by, abouts):
        told[pk].more = number
    for pk, numbers in _counted(by, [one for one in told.values() if "other" in one.entry.data]):
        told[pk].numbers = numbers
    return list(told.values())


def _counted(by: Actor, tolds: list[Told]) -> list[tuple[int, dict[str, int]]]:
    """Count the visible records of each entry by kind, each person once. One query."""
    if not tolds:
        return []
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    told = About.objects.filter(Exists(seen), entry=OuterRef("pk")).order_by()
    numbers = {
        kind: Counted(told.filter(party__kind=kind).values("party").distinct()[: COUNTED + 1]) for kind in Party.Kind
    }
    rows = Entry.objects.filter(pk__in=[one.entry.pk for one in tolds]).annotate(**numbers)
    return [(pk, dict(zip(numbers, found, strict=True))) for pk, *found in rows.values_list("pk", *numbers)]


def _with_more(by: Actor, abouts: list[About]) -> list[tuple[int, int]]:
    """Return the entries with further parties, and how many of these ``by`` may see, up to ``COUNTED`` + 1."""
    full = {about.entry_id for about in abouts if about.rank == NAMED - 1}
    if not full:
        return []
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    rest = About.objects.filter(entry=OuterRef("pk"), rank=NAMED)
    known = rest.filter(Exists(seen) | (Q(party=None) & ~Q(shown_as="")))  # deleted parties that all could see
    number = Counted(known.order_by().values("pk")[: COUNTED + 1])
    return list(Entry.objects.filter(pk__in=full).annotate(number=number).values_list("pk", "number"))


def _keep_lists(by: Actor, entries: list[Entry]) -> set[int]:
    """Remove the names of lists that ``by`` can't see; ``kept`` in an entry's data holds the restricted lists.

    Return the ids of entries that are only about such a list, which ``by`` must not see.
    """
    kept = {pk for entry in entries for pk in entry.data.get("kept", ())}
    if not kept:
        return set()
    seen = set(seen_lists(by).filter(pk__in=kept).values_list("pk", flat=True))
    hidden = [entry for entry in entries if not seen.issuperset(entry.data.get("kept", ()))]
    for entry in hidden:
        entry.data = {name: value for name, value in entry.data.items() if name not in ("list", "lists", "kept")}
    return {
        entry.pk for entry in hidden if entry.deed in housekeeping() and (by.previewer or entry.by_id != by.user_id)
    }


def one(by: Actor, pk: int) -> Told | None:
    """Return an entry of the account's infobox; None if ``by`` may not see it."""
    by.require(Can.READ_JOURNAL)
    told = _with_parties(by, list(entries_seen_by(by).filter(pk=pk)))
    return told[0] if told else None
