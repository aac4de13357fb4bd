"""«Ce qui a changé»: the changes of the shared directory, as one account may see them (A6, X11).

Read from the journal of the shared records, without their authors, and from the present positions, which show who
has replaced whom.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import ContactList, ListMember, Party, Position
from entregent.directory.positions.held import still_held
from entregent.directory.visibility.visibility import Visibility
from entregent.kernel.text import fold
from entregent.store.pages import Page, page_of

from . import deeds
from .changes import Change, Reader, is_operators, is_reference
from .models import About
from .timeline import NEWEST_FIRST

SIZE = 50
LEFT, CAME, MOVED, CHANGED, GONE = "left", "came", "moved", "changed", "gone"
_PLACED = Q(changes__has_key="organisation")
_KINDS = {
    LEFT: Q(deed__in=[deeds.DETACHED, deeds.BINNED])
    | Q(deed=deeds.CHANGED) & (Q(changes__has_key="retired_at") | _PLACED),
    CAME: Q(deed__in=[deeds.CREATED, deeds.ATTACHED, deeds.RESTORED]) | Q(deed=deeds.CHANGED) & _PLACED,
    CHANGED: Q(deed=deeds.CHANGED),
}
"""Kind of movement → the condition of its journal rows."""


@dataclass(slots=True)
class Movement:
    """A change of one shared record.

    ``party``: as the reader sees it, possibly as their account's layer; None if it is no longer visible. ``others``:
    the successors of someone who left, or the predecessors of someone who came.
    """

    kind: str
    name: str
    at: datetime
    is_person: bool
    function: str = ""
    organisation: str = ""
    party: Party | None = None
    others: list[Party] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    lists: list[ContactList] = field(default_factory=list)

    @property
    def mine(self) -> bool:
        """Whether the account has added something of its own to this record."""
        return self.party is not None and self.party.is_layer


Place = tuple[int, str]
"""A position that people may hold in turn: the organisation's id, and the key of the function."""


def movements(by: Actor, kind: str = "", mine: bool = False, cursor: str = "", size: int = SIZE) -> Page:
    """Return a page of ``Movement``, newest first. Raises ``Bad("cursor")``.

    ``kind``: a key of ``_KINDS``; ``mine``: only records to which the account has added something. About ten queries.
    """
    found = page_of(_told(by, kind, mine).select_related("party"), NEWEST_FIRST, cursor, size)
    return Page(read(by, found.rows), found.next, found.previous)


def since(by: Actor, start: datetime, end: datetime, mine: bool = False, most: int = SIZE) -> list[Movement]:
    """Return the movements between two moments, at most the first ``most``."""
    told = _told(by, "", mine).filter(at__gte=start, at__lt=end).select_related("party")
    return read(by, list(told.order_by("-at", "-id")[:most]))


def count_since(by: Actor, start: datetime, end: datetime) -> int:
    """Count the movements between two moments."""
    return _told(by, "", mine=False).filter(at__gte=start, at__lt=end).values("party").distinct().count()


def _told(by: Actor, kind: str, mine: bool) -> QuerySet[About]:
    """Return the journal rows that ``by`` may see: of records visible to all; for positions, the person's row."""
    directory = by.account.reference_id or (by.account.pk if by.account.is_reference else None)
    moving = [deed for deed in deeds.DEEDS.values() if deed.moves]
    told = About.readable.filter(
        shared=True, account=directory, deed__in=moving, party__visibility=Visibility.EVERYONE
    ).exclude(deed__in=deeds.on_links(), party__kind="o")
    if kind in _KINDS:
        told = told.filter(_KINDS[kind])
    if mine:
        layers = Party.objects.visible_to(by).filter(base=OuterRef("party"))
        told = told.filter(Exists(layers))
    return told


def read(by: Actor, abouts: list[About]) -> list[Movement]:
    """Return journal rows as movements, with their records, places and lists, looked up together."""
    if not by.account.is_reference:
        for about in abouts:
            about.changes = {name: pair for name, pair in about.changes.items() if not is_operators(name)}
    today = timezone.localdate()
    roots = {about.party_id for about in abouts if about.party_id}
    seen = _seen(by, roots)
    places = _places(abouts)
    others = _others(places.values())
    layers = [party.pk for party in seen.values() if party.is_layer]
    lists = _lists_of(by, layers) if layers else {}
    reader = Reader(by, [about.changes for about in abouts])
    told = []
    for about in abouts:
        one = _movement(about, reader)
        one.party = seen.get(about.party_id) if about.party_id else None
        if about.pk in places and one.kind in (LEFT, CAME, MOVED):
            held = [row for row in others.get(places[about.pk], ()) if row.contact_id != about.party_id]
            in_turn = [row.contact for row in held if still_held(row.until, today) == (one.kind == LEFT)]
            one.others = list({party.pk: party for party in in_turn}.values())[:3]
        if one.party:
            one.lists = lists.get(one.party.pk, [])
        told.append(one)
    return told


def _seen(by: Actor, roots: Iterable[int]) -> dict[int, Party]:
    found = Party.readable.visible_to(by).filter(Q(pk__in=list(roots)) | Q(base__in=list(roots)))
    return {party.root_id: party for party in found}


def _lists_of(by: Actor, layers: list[int]) -> dict[int, list[ContactList]]:
    """Return the static lists that ``by`` may see, by the id of the layer that is in them."""
    found: dict[int, list[ContactList]] = {}
    rows = ListMember.objects.filter(party__in=layers, list__in=seen_lists(by).filter(archived_at=None))
    for row in rows.select_related("list").order_by("list__key", "list"):
        found.setdefault(row.party_id, []).append(row.list)
    return found


def _movement(about: About, reader: Reader) -> Movement:
    changes, known = about.changes, reader.known(about.changes)
    kind = _kind(about)
    side = 0 if kind == LEFT else 1
    organisation, function = (known.get(name, ["", ""])[side] for name in ("organisation", "function"))
    words = [] if about.deed == deeds.CREATED else reader.words(changes)
    person = about.party is None or about.party.is_person
    return Movement(
        kind, about.shown_as, about.at, person, str(function or ""), str(organisation or ""), changes=words
    )


def _kind(about: About) -> str:
    changes = about.changes
    old, new = changes.get("organisation", ["", ""])
    if about.deed == deeds.BINNED:
        return GONE
    if about.deed == deeds.DETACHED or (changes.get("retired_at") or ["", ""])[1]:
        return LEFT
    if about.deed in (deeds.CREATED, deeds.ATTACHED, deeds.RESTORED) or "retired_at" in changes:
        return CAME
    if is_reference(old) and is_reference(new):
        return MOVED
    return LEFT if is_reference(old) else CAME if is_reference(new) else CHANGED


def _places(abouts: list[About]) -> dict[int, Place]:
    """Return the position that each journal row is about: the one left, else the one taken.

    A position closed by hand is found by its end date, since its entry names no organisation.
    """
    closed = [about for about in abouts if about.deed == deeds.DETACHED]
    people = [about.party_id for about in closed if about.party_id]
    ended = Position.readable.filter(contact__in=people, until__isnull=False) if people else ()
    left: dict[tuple[int | None, str], Place] = {
        (row.contact_id, str(row.until)): (row.organisation_id, row.function_key) for row in ended
    }
    found: dict[int, Place] = {}
    for about in abouts:
        side = 0 if _kind(about) == LEFT else 1
        organisation, function = (about.changes.get(name, ["", ""])[side] for name in ("organisation", "function"))
        until = str(about.changes.get("until", ["", ""])[1])
        if is_reference(organisation) and about.party_id:
            found[about.pk] = organisation["id"], fold(str(function))[:150]
        elif about in closed and (about.party_id, until) in left:
            found[about.pk] = left[about.party_id, until]
    return found


def _others(places: Collection[Place]) -> dict[Place, list[Position]]:
    """Return the positions of all who hold or held these, the latest first."""
    if not places:
        return {}
    rows = Position.readable.filter(
        organisation__in={organisation for organisation, _function in places},
        function_key__in={function for _organisation, function in places if function},
        contact__binned_at=None, contact__visibility=Visibility.EVERYONE, from_service=False,
    ).select_related("contact")  # fmt: skip
    found: dict[Place, list[Position]] = {}
    for row in rows.order_by("-until", "-id"):
        found.setdefault((row.organisation_id, row.function_key), []).append(row)
    return found
