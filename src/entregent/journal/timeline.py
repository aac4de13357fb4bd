"""Reading the infobox: of a party, of an organisation with its people, of the account. Visibility holds here too."""

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
from entregent.store.pages import Counted, Order, Page, page_of, paged
from entregent.store.prepared import prepared

from .deeds import DEEDS, housekeeping, on_links
from .models import NAMED, About, Entry

NEWEST_FIRST = Order(("at", "id"), descending=True)


@dataclass(frozen=True, slots=True)
class Filter:
    """Kind, author and dates, as in the address. Unreadable values select nothing."""

    deed: str = ""
    author: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> "Filter":
        return cls(*(str(params.get(name) or "").strip() for name in ("deed", "author", "since", "until")))

    def condition(self, prefix: str = "") -> Q:
        """On entries, or with ``prefix="entry__"`` on what leads to them."""
        condition = Q()
        try:
            if self.deed:
                condition &= Q(**{f"{prefix}deed": DEEDS[self.deed]})
            if self.author:
                condition &= Q(**{f"{prefix}by": _id(self.author)})
            if self.since:
                condition &= Q(**{f"{prefix}at__date__gte": parse_date(self.since)})
            if self.until:
                condition &= Q(**{f"{prefix}at__date__lte": parse_date(self.until)})
        except (KeyError, ValueError, Bad):
            return Q(pk__in=[])
        return condition

    def params(self) -> dict[str, str]:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


def _id(text: str) -> int:
    if len(text) > 18:
        raise ValueError(text)  # more than the databases count to
    return int(text)


@dataclass(slots=True)
class Told:
    """An entry as one reader may see it: with those of its first parties that are visible to them.

    In a party's own infobox ``abouts`` is what it says of that party (or, in an organisation's, of one of its
    people) alone, and ``others`` the other end of a position. ``more``: of how many others that the reader may see it
    tells besides the first, to ``COUNTED`` + 1. ``numbers``: of an item that gave way to another, how many records of
    each kind, of those that the reader may see, to as many.
    """

    entry: Entry
    abouts: list[About] = field(default_factory=list)
    others: list[About] = field(default_factory=list)
    more: int = 0
    numbers: dict[str, int] = field(default_factory=dict)


def of_party(by: Actor, party: Party, wanted: Filter, cursor: str = "", size: int = 20) -> Page:
    """What concerns ``party`` (which ``by`` was found to see); for an organisation, its people's entries too."""
    by.require(Can.READ_JOURNAL)
    who = (by, party.pk, party.root_id)
    if wanted.params() or cursor:
        abouts = _abouts(*who, person=party.is_person).filter(wanted.condition("entry__"))
        page = page_of(abouts, NEWEST_FIRST, cursor, size)
    else:
        page = paged(lambda *_first: [_newest(*who, person=party.is_person, limit=size + 1)], NEWEST_FIRST, size=size)
    for about in page.rows:
        if about.party_id in who[1:]:
            about.party = party  # it was loaded already
    _keep_lists(by, [about.entry for about in page.rows])
    ends = _ends(by, [about for about in page.rows if about.deed in on_links()])
    rows = [
        Told(about.entry, [about], [other for other in ends.get(about.entry_id, ()) if other.pk != about.pk])
        for about in page.rows
    ]
    return Page(rows, page.next, page.previous)


def _abouts(by: Actor, pk: int, root: int, *, person: bool) -> QuerySet[About]:
    """What entries say of a party, under its own id or its shared record's; of an organisation, of its people too."""
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
    """The first of them: what each record's page asks."""
    return _abouts(by, pk, root, person=person).order_by(*NEWEST_FIRST.clauses())[:limit]


def _ends(by: Actor, abouts: list[About]) -> dict[int, list[About]]:
    """Both ends of the positions that these tell of, as far as ``by`` may see them: entry → abouts."""
    told = _with_parties(by, [about.entry for about in abouts]) if abouts else []
    return {one.entry.pk: one.abouts for one in told}


def of_account(by: Actor, wanted: Filter, cursor: str = "", size: int = 50) -> Page:
    """The account's whole infobox, newest first."""
    by.require(Can.READ_JOURNAL)
    page = page_of(entries_seen_by(by).filter(wanted.condition()), NEWEST_FIRST, cursor, size)
    return Page(_with_parties(by, page.rows), page.next, page.previous)


def entries_seen_by(by: Actor) -> QuerySet[Entry]:
    """Entries about at least one party that ``by`` may see (in the bin or not); housekeeping by permission.

    An entry whose party was deleted for good stays visible to its author, and to all when the party was.
    """
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    about_seen = About.objects.filter(entry=OuterRef("pk")).filter(Exists(seen) | Q(party=None))
    visible = (Q(Exists(about_seen)) & ~(Q(deed__in=on_links()) & Q(_half_hidden(by, "pk")))) | Q(by=by.user_id)
    if by.may(Can.MANAGE_ACCOUNT):
        visible |= Q(deed__in=housekeeping())
    return Entry.objects.filter(visible)


def _half_hidden(by: Actor, entry: str) -> Exists:
    """Whether ``entry`` tells of a position whose other end ``by`` may not see: that it exists is hidden too.

    To be asked of entries on positions alone: it looks at all that an entry tells of.
    """
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    ends = About.objects.filter(entry=OuterRef(entry), deed__in=on_links()).exclude(party=None)
    return Exists(ends.exclude(Exists(seen)))


def _with_parties(by: Actor, entries: list[Entry]) -> list[Told]:
    """The first parties of each entry, in one query: an entry may tell of a hundred thousand."""
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
    """How many records each of these tells of, a person once however many places they have: one query."""
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
    """The entries that tell of further parties, and how many of these ``by`` may see, to ``COUNTED`` + 1."""
    full = {about.entry_id for about in abouts if about.rank == NAMED - 1}
    if not full:
        return []
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    rest = About.objects.filter(entry=OuterRef("pk"), rank=NAMED)
    known = rest.filter(Exists(seen) | (Q(party=None) & ~Q(shown_as="")))  # of what is no more, what all could see
    number = Counted(known.order_by().values("pk")[: COUNTED + 1])
    return list(Entry.objects.filter(pk__in=full).annotate(number=number).values_list("pk", "number"))


def _keep_lists(by: Actor, entries: list[Entry]) -> set[int]:
    """Leave out the names of lists that ``by`` does not have: ``kept`` are those that not everyone has.

    Returns the entries that tell of such a list and of nothing else: they are not for ``by`` at all.
    """
    kept = {pk for entry in entries for pk in entry.data.get("kept", ())}
    if not kept:
        return set()
    seen = set(seen_lists(by).filter(pk__in=kept).values_list("pk", flat=True))
    hidden = [entry for entry in entries if not seen.issuperset(entry.data.get("kept", ()))]
    for entry in hidden:
        entry.data = {name: value for name, value in entry.data.items() if name not in ("list", "lists", "kept")}
    return {entry.pk for entry in hidden if entry.deed in housekeeping() and entry.by_id != by.user_id}


def one(by: Actor, pk: int) -> Told | None:
    """One entry of the account's infobox; None when it isn't there for ``by``."""
    by.require(Can.READ_JOURNAL)
    entries = list(entries_seen_by(by).filter(pk=pk))
    told = _with_parties(by, entries)
    return told[0] if told else None
