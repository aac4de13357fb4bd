"""Lists («Listes»): create, change, move, duplicate, archive and delete. For their members, see ``members``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, twice_in_a_race
from entregent.directory.lists.lists import members
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import refuse
from entregent.directory.models import ContactList, ListMember, Reach
from entregent.journal.telling import Telling
from entregent.store.bulk import Rows

from . import problems as list_problems  # noqa: F401  registers its sentences
from .deeds import LIST_CHANGED, LIST_CREATED, LIST_DELETED
from .filling import category_of, fill

Joined = Mapping[int, tuple[datetime, int | None]]
"""Party id → when it was added to a list, and by whom."""
Versions = Mapping[int, int | None]
"""List id → the version that was shown; None, or no entry, if it is not known."""
MEMBERS_PER_INSERT = 5000


@dataclass(slots=True)
class Handled:
    """What became of several lists. ``done``: they were changed; ``kept``: not, as someone changed them meanwhile."""

    done: list[ContactList]
    kept: list[ContactList]


@twice_in_a_race
def create(by: Actor, data: Mapping[str, Any]) -> ContactList:
    """Create a list. Raises ``Invalid``, ``PermissionDenied``.

    ``data``: ``name``; ``category``, an id or a name (created if missing and permitted); ``kind``, "static" or
    "dynamic"; ``search`` of a dynamic list, the parameters of a list page's address with its ``kind`` ("p" or "o");
    ``description``; ``reach``, "all", "teams" or "me"; ``teams``, ids.
    """
    with act(by, LIST_CREATED, Can.WRITE_LISTS) as telling:
        found = ContactList(account=by.account, created_by_id=by.user_id, created_at=telling.at, kind="static")
        if data.get("kind", "static") == "dynamic":
            found.kind = ContactList.Kind.DYNAMIC
        fill(by, found, {"name": "", "category": None, "reach": Reach.ALL, "search": {}} | dict(data), telling.at)
        say(telling, found)
    return found


@twice_in_a_race
def change(by: Actor, found: ContactList, data: Mapping[str, Any], version: int | None = None) -> ContactList:
    """Change a list; ``data`` as for ``create``, with the changed fields only. Raises ``Invalid``.

    ``version``: the version that was read, refused when someone else changed the list since.
    """
    with act(by, LIST_CHANGED, Can.WRITE_LISTS) as telling:
        found = held(by, found)
        if version is not None and version != found.version:
            refuse("", "list_moved_on")
        if data.get("kind", found.kind) != found.kind:
            refuse("kind", "list_kind")
        found.version += 1
        fill(by, found, data, telling.at)
        say(telling, found)
    return found


@twice_in_a_race
def move(by: Actor, lists: Sequence[ContactList], category: int | str, versions: Versions | None = None) -> Handled:
    """Move lists to a category (id or name), all or none, except those that are there. Raises ``Invalid``."""
    with act(by, LIST_CHANGED, Can.WRITE_LISTS) as telling:
        target = category_of(by, category)
        held, kept = _unchanged(by, lists, versions)
        moved = [found for found in held if found.category_id != target.pk]
        taken = set(seen_lists(by).filter(category=target).values_list("key", flat=True))
        for found in moved:
            if found.key in taken:
                refuse("category", "list_taken_there", name=found.name, category=target.name)
            taken.add(found.key)
        _set(moved, category=target, updated_at=telling.at)
        say(telling, *moved)
    return Handled(moved, kept)


@twice_in_a_race
def duplicate(by: Actor, found: ContactList, name: str) -> ContactList:
    """Copy a list under another name: its search, or the members that ``by`` may see. Raises ``Invalid``.

    The members of the copy joined now, added by ``by``.
    """
    with act(by, LIST_CREATED, Can.WRITE_LISTS) as telling:
        found = held(by, found)
        copy = ContactList(
            account=by.account, created_by_id=by.user_id, created_at=telling.at, kind=found.kind, search=found.search
        )
        kept = {"search": found.search, "description": found.description, "reach": found.reach}
        teams = list(found.teams.values_list("team_id", flat=True))
        fill(by, copy, kept | {"name": name, "category": found.category_id, "teams": teams}, telling.at)
        if not found.is_dynamic:
            put(by, copy, list(members(by, found).order_by("pk").values_list("pk", flat=True)), telling.at)
        say(telling, copy)
    return copy


def archive(by: Actor, lists: Sequence[ContactList], versions: Versions | None = None) -> Handled:
    """Archive lists: they keep their members but are no longer offered."""
    return _archive(by, lists, True, versions)


def unarchive(by: Actor, lists: Sequence[ContactList], versions: Versions | None = None) -> Handled:
    """Take lists out of the archive."""
    return _archive(by, lists, False, versions)


def _archive(by: Actor, lists: Sequence[ContactList], away: bool, versions: Versions | None) -> Handled:
    with act(by, LIST_CHANGED, Can.WRITE_LISTS) as telling:
        held, kept = _unchanged(by, lists, versions)
        changed = [found for found in held if (found.archived_at is None) == away]
        _set(changed, archived_at=telling.at if away else None)
        say(telling, *changed)
    return Handled(changed, kept)


def _set(lists: Sequence[ContactList], **values: Any) -> None:
    ContactList.objects.filter(pk__in=[found.pk for found in lists]).update(version=F("version") + 1, **values)
    for found in lists:
        found.version += 1


def delete(by: Actor, lists: Sequence[ContactList], versions: Versions | None = None) -> Handled:
    """Delete lists. The contacts and organisations in them stay."""
    with act(by, LIST_DELETED, Can.WRITE_LISTS) as telling:
        gone, kept = _unchanged(by, lists, versions)
        say(telling, *gone)
        ContactList.objects.filter(pk__in=[found.pk for found in gone]).delete()
    return Handled(gone, kept)


def put(by: Actor, found: ContactList, parties: Sequence[int], at: datetime, joined: Joined | None = None) -> None:
    """Insert the parties of these ids as members; none may be in the list yet. Call it inside ``act``.

    ``joined``: of those that were not added at ``at`` by ``by``.
    """
    rows = Rows(ListMember, "account_id list_id party_id joined_at added_by_id")
    for start in range(0, len(parties), MEMBERS_PER_INSERT):
        for pk in parties[start : start + MEMBERS_PER_INSERT]:
            rows.add(by.account.pk, found.pk, pk, *(joined or {}).get(pk, (at, by.user_id)))
        rows.insert()


def say(telling: Telling, *lists: ContactList) -> None:
    """Name the lists in the journal entry. Readers who may not see one of them won't read its name."""
    if lists:
        names = ", ".join(found.name for found in lists[:10]) + ("…" if len(lists) > 10 else "")
        kept = [found.pk for found in lists if found.reach != Reach.ALL]
        telling.say(list=names, lists=[found.pk for found in lists], **({"kept": kept} if kept else {}))


def held(by: Actor, found: ContactList) -> ContactList:
    """Lock a list until the transaction ends, and return it as it is now. Raises ``Invalid`` if it is gone."""
    return _held(by, [found])[0]


def _held(by: Actor, lists: Sequence[ContactList]) -> list[ContactList]:
    ids = {found.pk for found in lists}
    there = ContactList.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    known = set(seen_lists(by).filter(pk__in=ids).values_list("pk", flat=True))
    seen = [found for found in there if found.pk in known]
    if len(seen) < len(ids) or not seen:
        refuse("", "list_unknown")
    return seen


def _unchanged(
    by: Actor, lists: Sequence[ContactList], versions: Versions | None
) -> tuple[list[ContactList], list[ContactList]]:
    """Lock lists. Return those that are as they were read, and those that someone changed since."""
    held = _held(by, lists)
    kept = [found for found in held if (versions or {}).get(found.pk) not in (None, found.version)]
    return [found for found in held if found not in kept], kept
