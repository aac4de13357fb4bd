"""The frame of every action: the permission check, then one transaction for the change and its journal entry."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.accounts.scope import AccountModel
from entregent.directory.layers.layers import lay
from entregent.directory.messages import refuse
from entregent.directory.models import Party
from entregent.journal.deeds import Deed
from entregent.journal.models import About, Entry
from entregent.journal.telling import Telling
from entregent.kernel import clock
from entregent.store.locks import hold
from entregent.store.prepared import prepared

DEADLOCK = "40P01"
"""PostgreSQL's SQLSTATE for a deadlock, in which it rolled this transaction back."""
P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=AccountModel)


def twice_in_a_race(deed: Callable[P, R]) -> Callable[P, R]:
    """Decorate an action: run it again once if the database refused it because of a concurrent transaction.

    On PostgreSQL, two writers may both find an e-mail address free; a constraint refuses the second, whose retry
    then reports the conflict by name. In a deadlock one of the two is rolled back and can succeed on retry.
    """

    @wraps(deed)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return deed(*args, **kwargs)
        except (IntegrityError, OperationalError) as error:
            if isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
                raise
            return deed(*args, **kwargs)

    return done


@dataclass(eq=False)
class Whole:
    """Work done in steps that share one journal entry, which the first step creates."""

    entry: Entry | None = None


@dataclass(frozen=True, eq=False)
class Course:
    """The work that an actor's actions belong to; ``Actor.course`` holds it.

    ``whole``: actions with the same deed as its entry are added to that entry; ``undoes``: the entry that they
    undo; ``told``: the ids of the entries that they wrote.
    """

    whole: Whole | None = None
    undoes: Entry | None = None
    told: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, by: Actor) -> "Course":
        """Return the course of ``by``; a new one if it has none."""
        return by.course if isinstance(by.course, cls) else cls()

    def entry_for(self, deed: Deed) -> Entry | None:
        """Return the existing entry that another action with this deed is added to, if any."""
        entry = self.whole.entry if self.whole else None
        return entry if entry is not None and entry.deed == deed else None

    def add(self, entry: Entry) -> None:
        """Remember an entry that was written."""
        self.told.add(entry.pk)
        if self.whole and self.whole.entry is None:
            self.whole.entry = entry


def as_one(by: Actor, whole: Whole) -> Actor:
    """Return a copy of the actor whose actions with the same deed are added to the entry of ``whole``."""
    return replace(by, course=replace(Course.of(by), whole=whole))


def taking_back(by: Actor, entry: Entry) -> Actor:
    """Return a copy of the actor whose journal entries say that they undo ``entry``."""
    return replace(by, course=replace(Course.of(by), undoes=entry, told=set()))


@contextmanager
def act(by: Actor, deed: Deed, *needs: Can, entry: Entry | None = None) -> Iterator[Telling]:
    """Run an action in a transaction, and write its journal entry at the end of the block.

    ``needs``: the required permissions; raises ``PermissionDenied`` before anything is read or written. The block is
    given a ``Telling`` to report its changes to. ``entry``: an entry to continue; by default that of the actor's
    course, if it has the same deed, else a new one.
    """
    by.require(*needs)
    if by.previewer:
        raise PermissionDenied  # a preview as another user is read-only
    course = Course.of(by)
    with transaction.atomic():
        telling = Telling(by, deed, clock.now(), entry or course.entry_for(deed))
        if course.undoes:
            telling.data["undoes"] = {"entry": course.undoes.pk, "deed": course.undoes.deed}
        yield telling
        if written := telling.write():
            course.add(written)


def fresh(parties: Sequence[Party]) -> list[Party]:
    """Reread parties and lock them against other writers until the transaction ends. Deleted ones are left out.

    They are locked in id order, so that two actions on the same parties can't deadlock. Rows that refer to them may
    still be added: a full lock would wait for anyone attaching a person to them. Raises ``Invalid`` for a record of
    the shared directory, which no account changes (A6).
    """
    if any(party.of_service and not party.is_layer for party in parties):
        refuse("", "service_record")
    return _held([party.pk for party in parties])


@prepared
def _held(ids: list[int]) -> QuerySet[Party]:
    return Party.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")


def fresh_or_layer(by: Actor, parties: Sequence[Party], at: datetime) -> list[Party]:
    """Return parties as ``fresh`` does, each shared record replaced by the account's layer, created if missing (A3).

    The shared record is locked meanwhile: a concurrent change by the operator is either read here or finds the new
    layer (``follow``).
    """
    shared = {party.pk: party for party in parties if party.of_service and not party.is_layer}
    if not shared:
        return fresh(parties)
    hold(Party, shared, "SHARE")
    there = Party.objects.filter(base__in=list(shared))
    layers = {layer.base_id: layer for layer in there}
    missing = Party.readable.known_to(by).filter(pk__in=[pk for pk in shared if pk not in layers])
    laid = lay(by.account, by.user_id, at, list(missing))
    return fresh([*(party for party in parties if party.pk not in shared), *layers.values(), *laid])


def lock(row: Row, unknown: str) -> Row:
    """Lock a row until the transaction ends, and return it as it is now. Raises ``Invalid`` if it is gone."""
    return type(row).objects.select_for_update().filter(pk=row.pk).first() or refuse("", unknown)


def wait_turn(by: Actor) -> None:
    """Lock the account until the transaction ends: others who call this wait, and then see the changes.

    For conflicts that no database constraint detects. The account's records can still be added and changed.
    """
    Account.objects.select_for_update(no_key=True).get(pk=by.account.pk)


def refuse_service(parties: Sequence[Party]) -> None:
    """Raise ``Invalid`` if the operator maintains one of these, under a layer or not."""
    if any(party.of_service for party in parties):
        refuse("", "service_record")


def one_or_layer(by: Actor, party: Party, at: datetime) -> Party:
    """Return one party as ``fresh_or_layer`` does. Raises ``Invalid`` if it has been deleted for good."""
    found = fresh_or_layer(by, [party], at) or refuse("", "gone")
    return found[0]


@dataclass(frozen=True, slots=True)
class Theirs:
    """A change of one field by someone else in the meantime."""

    field: str
    old: Any
    new: Any
    by_name: str
    at: datetime


class Conflict(Exception):
    """The record has changed since the actor read it (std E29). Nothing was written.

    ``party``: the record as it is now; ``theirs``: the changes since the version that the actor read.
    """

    def __init__(self, party: Party, since: int) -> None:
        super().__init__(f"{party.pk} is at version {party.version}, not {since}")
        self.party = party
        self.since = since

    @property
    def theirs(self) -> list[Theirs]:
        """Return per changed field the oldest and the newest value, and the last author."""
        found: dict[str, Theirs] = {}
        told = About.objects.filter(party=self.party, version__gt=self.since).select_related("entry")
        for about in told.order_by("version", "id"):
            for name, (old, new) in about.changes.items():
                first = found[name].old if name in found else old
                found[name] = Theirs(name, first, new, about.entry.by_name, about.at)
        return list(found.values())
