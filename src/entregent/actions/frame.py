"""The frame around every deed: permission first, then one transaction that holds the change and its entry."""

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
from entregent.accounts.permissions import Can
from entregent.directory.layers.layers import lay
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.journal.deeds import Deed
from entregent.journal.models import About, Entry
from entregent.journal.telling import Telling
from entregent.kernel import clock
from entregent.store.locks import hold
from entregent.store.prepared import prepared

DEADLOCK = "40P01"
"""PostgreSQL's word for two deeds that waited for each other, of which it undid this one."""
P = ParamSpec("P")
R = TypeVar("R")


def twice_in_a_race(deed: Callable[P, R]) -> Callable[P, R]:
    """Do a deed again when the database refused it: what another took meanwhile is then seen, and named.

    PostgreSQL lets two writers look at the same time and find an address free; its constraint stops the second.
    Of two that wait for each other it stops one, which may go as soon as the other has done.
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
    """Work done in steps that the journal tells as one deed: its entry, once the first step is told."""

    entry: Entry | None = None


@dataclass(frozen=True, eq=False)
class Course:
    """The piece of work that the deeds of an actor belong to; ``Actor.course`` carries it.

    ``whole``: deeds like its first go on one entry; ``undoes``: the entry that they take back, which theirs name;
    ``told``: the ids of the entries that they wrote.
    """

    whole: Whole | None = None
    undoes: Entry | None = None
    told: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, by: Actor) -> "Course":
        """That of ``by``; one of its own for a deed that belongs to none."""
        return by.course if isinstance(by.course, cls) else cls()

    def entry_for(self, deed: Deed) -> Entry | None:
        """The entry that one more deed goes on."""
        entry = self.whole.entry if self.whole else None
        return entry if entry is not None and entry.deed == deed else None

    def add(self, entry: Entry) -> None:
        """Remember an entry that was written."""
        self.told.add(entry.pk)
        if self.whole and self.whole.entry is None:
            self.whole.entry = entry


def as_one(by: Actor, whole: Whole) -> Actor:
    """The same actor, whose deeds that are alike go on one entry: that of ``whole``."""
    return replace(by, course=replace(Course.of(by), whole=whole))


def taking_back(by: Actor, entry: Entry) -> Actor:
    """The same actor, of whose deeds the journal says that they take ``entry`` back."""
    return replace(by, course=replace(Course.of(by), undoes=entry, told=set()))


@contextmanager
def act(by: Actor, deed: Deed, *needs: Can, entry: Entry | None = None) -> Iterator[Telling]:
    """Do one deed. Raises ``PermissionDenied`` before anything is read or written.

    What the block tells is written at its end, in the block's own transaction: both are kept, or neither. It goes on
    ``entry`` where one is given, else on that of the actor's course if it is of the same deed.
    """
    by.require(*needs)
    if by.previewer:
        raise PermissionDenied  # who looks through another's eyes has no hands
    course = Course.of(by)
    with transaction.atomic():
        telling = Telling(by, deed, clock.now(), entry or course.entry_for(deed))
        if course.undoes:
            telling.data["undoes"] = {"entry": course.undoes.pk, "deed": course.undoes.deed}
        yield telling
        if written := telling.write():
            course.add(written)


def fresh(parties: Sequence[Party]) -> list[Party]:
    """The same parties as they are now, held against other writers until the transaction ends.

    In the order of their ids, so that two deeds on the same parties wait for each other and never for both. Rows
    that point at them may still be added: a plain lock would wait for whoever attaches someone to them. Raises
    ``Invalid`` for a record of the shared directory, which no account changes (A6).
    """
    if any(party.of_service and not party.is_layer for party in parties):
        raise Invalid([Problem("", "service_record")])
    return _held([party.pk for party in parties])


@prepared
def _held(ids: list[int]) -> QuerySet[Party]:
    return Party.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")


def fresh_or_layer(by: Actor, parties: Sequence[Party], at: datetime) -> list[Party]:
    """The parties as ``fresh`` gives them, with a layer laid over each shared record first: what is written is the
    account's own (A3).

    The shared record is held meanwhile: what the operator changes is read here, or finds the layer (``follow``).
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


def refuse_service(parties: Sequence[Party]) -> None:
    """Raise ``Invalid`` where the operator keeps one of these, under a layer or not."""
    if any(party.of_service for party in parties):
        raise Invalid([Problem("", "service_record")])


def fresh_one(party: Party) -> Party:
    """One party as it is now. Raises ``Invalid`` when someone deleted it for good meanwhile."""
    found = fresh([party])
    if not found:
        raise Invalid([Problem("", "gone")])
    return found[0]


@dataclass(frozen=True, slots=True)
class Theirs:
    """What someone else changed meanwhile in one field."""

    field: str
    old: Any
    new: Any
    by_name: str
    at: datetime


class Conflict(Exception):
    """The record has moved on since the actor read it (std E29). Nothing was written.

    ``party`` is the record as it is now; ``theirs`` what changed since the version that the actor had.
    """

    def __init__(self, party: Party, since: int) -> None:
        super().__init__(f"{party.pk} is at version {party.version}, not {since}")
        self.party = party
        self.since = since

    @property
    def theirs(self) -> list[Theirs]:
        """Field by field, oldest value and newest, with the last author."""
        found: dict[str, Theirs] = {}
        told = About.objects.filter(party=self.party, version__gt=self.since).select_related("entry")
        for about in told.order_by("version", "id"):
            for name, (old, new) in about.changes.items():
                first = found[name].old if name in found else old
                found[name] = Theirs(name, first, new, about.entry.by_name, about.at)
        return list(found.values())
