"""Read the infobox of a party, of an organisation with its people, or of the account, as far as the reader may."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.directory.items.uses import USES_COUNTED as COUNTED
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party, Position
from entregent.directory.visibility.visibility import Visibility
from entregent.store.pages import Counted, Order, Page, in_order, sifted
from entregent.store.prepared import prepared

from .deeds import housekeeping, on_links
from .filter import Filter
from .models import NAMED, About, Entry

NEWEST_FIRST = Order(("at", "id"), descending=True)


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
    if wanted.problems():
        return Page([], None, None)
    itself, during, of_entry = sorted({party.pk, party.root_id}), wanted.during(), wanted.of_entry()

    def ask(values: list, backwards: bool, limit: int) -> list[list[About]]:
        if values or during:
            parts = [_of_one(pk) for pk in itself] + ([] if party.is_person else [_of_people(by, party.root_id)])
            return [list(in_order(part.filter(during), NEWEST_FIRST, values, backwards)[:limit]) for part in parts]
        people = [] if party.is_person else [_newest_of_people(by, party.root_id, limit=limit)]
        return [_newest(pk, limit=limit) for pk in itself] + people

    def sift(abouts: list[About]) -> list[About]:
        if of_entry:
            found = Entry.objects.filter(of_entry, pk__in=[about.entry_id for about in abouts])
            chosen = set(found.values_list("pk", flat=True))
            abouts = [about for about in abouts if about.entry_id in chosen]
        return _sifted(by, itself, abouts)

    # What is told of an organisation and of one of its people has two rows, of which one is kept.
    rows_read = size + 1 if party.is_person else 2 * size + 2
    page = sifted(ask, sift, NEWEST_FIRST, cursor, size, rows_read)
    _load(page.rows, {party.pk: party, party.root_id: party})
    _keep_lists(by, [about.entry for about in page.rows])
    links = _with_parties(by, [about.entry for about in page.rows if about.deed in on_links()])
    ends = {one.entry.pk: one.abouts for one in links}
    rows = [
        Told(about.entry, [about], [other for other in ends.get(about.entry_id, ()) if other.pk != about.pk])
        for about in page.rows
    ]
    return Page(rows, page.next, page.previous)


# Each of these asks one table, and is served by one index: with a join or an OR, both databases may choose to read
# the whole journal instead.


def _of_one(pk: int) -> QuerySet[About]:
    return About.objects.filter(party=pk)


def _of_people(by: Actor, organisation: int) -> QuerySet[About]:
    seen = Party.readable.visible_to(by).at("contact")
    return About.objects.filter(party__in=Position.readable.filter(seen, organisation=organisation).values("contact"))


@prepared
def _newest(pk: int, *, limit: int) -> QuerySet[About]:
    return _of_one(pk).order_by(*NEWEST_FIRST.clauses())[:limit]


@prepared
def _newest_of_people(by: Actor, organisation: int, *, limit: int) -> QuerySet[About]:
    return _of_people(by, organisation).order_by(*NEWEST_FIRST.clauses())[:limit]


@prepared
def _entries(pks: list[int]) -> QuerySet[Entry]:
    return Entry.objects.filter(pk__in=pks)


@prepared
def _parties(pks: list[int]) -> QuerySet[Party]:
    return Party.readable.filter(pk__in=pks)


@prepared
def _told_of(entries: list[int], parties: list[int]) -> QuerySet[About]:
    return About.objects.filter(entry__in=entries, party__in=parties)


def _load(abouts: list[About], known: dict[int, Party]) -> None:
    """Set the entry and the party of each row. ``known``: parties that are loaded already."""
    if not abouts:
        return
    entries = {entry.pk: entry for entry in _entries([about.entry_id for about in abouts])}
    others = sorted({about.party_id for about in abouts if about.party_id} - set(known))
    parties = known | {party.pk: party for party in (_parties(others) if others else [])}
    for about in abouts:
        about.entry, about.party = entries[about.entry_id], parties.get(about.party_id or 0)


def _sifted(by: Actor, itself: list[int], abouts: list[About]) -> list[About]:
    """Leave out entries about a position with an end that ``by`` may not see, and of people what is told of
    ``itself``, their organisation, as well."""
    links = {about.entry_id for about in abouts if about.deed in on_links()}
    out = {about.entry_id for about in (_half_hidden(by, sorted(links)) if links else [])}
    of_people = sorted({about.entry_id for about in abouts if about.party_id not in itself})
    twice = {about.entry_id for about in (_told_of(of_people, itself) if of_people else [])}
    return [
        about
        for about in abouts
        if about.entry_id not in out and (about.party_id in itself or about.entry_id not in twice)
    ]


def of_account(by: Actor, wanted: Filter, cursor: str = "", size: int = 50) -> Page:
    """Return a page of the account's infobox, newest first."""
    by.require(Can.READ_JOURNAL)
    if wanted.problems():
        return Page([], None, None)
    entries = Entry.objects.filter(wanted.during(), wanted.of_entry())

    def ask(values: list, backwards: bool, limit: int) -> list[list[Entry]]:
        return [list(in_order(entries, NEWEST_FIRST, values, backwards)[:limit])]

    def sift(found: list[Entry]) -> list[Entry]:
        seen = set(_seen_among(by, [entry.pk for entry in found]) if found else [])
        return [entry for entry in found if entry.pk in seen]

    page = sifted(ask, sift, NEWEST_FIRST, cursor, size)
    return Page(_with_parties(by, page.rows), page.next, page.previous)


def entries_seen_by(by: Actor) -> QuerySet[Entry]:
    """Return the entries about a party that ``by`` may see (in the bin or not), and housekeeping if permitted.

    Entries about a party deleted for good stay visible to their author, and to all if the party was visible to all.
    """
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    about_seen = About.objects.filter(entry=OuterRef("pk")).filter(Exists(seen) | Q(party=None))
    hidden = _hidden_ends(by).filter(entry=OuterRef("pk"))
    visible: Any = Q(Exists(about_seen)) & ~(Q(deed__in=on_links()) & Q(Exists(hidden)))
    if not by.previewer:  # what somebody did to records that only they see is no preview's business
        visible |= Q(by=by.user_id)
    if by.may(Can.MANAGE_ACCOUNT):
        visible |= Q(deed__in=housekeeping())
    return Entry.objects.filter(visible)


def _hidden_ends(by: Actor) -> QuerySet[About]:
    """Return the rows about positions whose party ``by`` may not see: their entries are hidden as a whole."""
    seen = Party.readable.seen_by(by).filter(pk=OuterRef("party"))
    return About.objects.filter(deed__in=on_links()).exclude(party=None).exclude(Exists(seen))


@prepared
def _seen_among(by: Actor, entries: list[int]) -> QuerySet:
    return entries_seen_by(by).filter(pk__in=entries).values_list("pk", flat=True)


@prepared
def _first_told(entries: list[int]) -> QuerySet[About]:
    told = About.objects.filter(entry__in=entries, rank__lt=NAMED)
    return told.select_related("party").order_by("rank", "id")


@prepared
def _half_hidden(by: Actor, entries: list[int]) -> QuerySet[About]:
    return _hidden_ends(by).filter(entry__in=entries)


def _with_parties(by: Actor, entries: list[Entry]) -> list[Told]:
    """Return the entries with their first parties, in one query: an entry may have a hundred thousand."""
    if not entries:  # the query would cost a third of a record's page, though it is never sent
        return []
    told = {entry.pk: Told(entry) for entry in entries}
    for pk in _keep_lists(by, entries):
        del told[pk]
    abouts = _first_told(list(told))
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
