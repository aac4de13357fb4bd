"""Handing over when a user leaves: what only they could see, and the records assigned to them (B3)."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db.models import Count, Q, QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import author, handler
from entregent.accounts.models import Job, Membership
from entregent.accounts.permissions import Can
from entregent.actions.bulk.setting import Setting, set_columns
from entregent.actions.frame import act, twice_in_a_race
from entregent.actions.lists import lists
from entregent.actions.lists.deeds import LIST_CHANGED
from entregent.actions.lists.filling import LIST_NAME_LENGTH
from entregent.actions.parties.refreshing import people_of, refresh_soon
from entregent.actions.saved_views import views
from entregent.actions.saved_views.deeds import VIEW_CHANGED
from entregent.directory.lists.lists import list_key
from entregent.directory.messages import refuse
from entregent.directory.models import ContactList, Party, Reach, SavedView
from entregent.directory.parties.cleaning import item_key
from entregent.directory.visibility.visibility import Visibility

from .deeds import HANDED_OVER

HAND_OVER_JOB = "members.hand_over"
HANDED_AT_ONCE = 300
HANDED_PER_STEP = 300


@dataclass(frozen=True, slots=True)
class Left:
    """How many records, lists and views only this user can see, and how many records are assigned to them."""

    alone: int = 0
    assigned: int = 0
    lists: int = 0
    views: int = 0

    def __bool__(self) -> bool:
        return self != Left()


def left_by(by: Actor, user_ids: list[int]) -> dict[int, Left]:
    """Count what each of these users would leave behind: id → counts, no contents. Four queries in all."""
    by.require(Can.MANAGE_USERS)
    counted = [
        dict(found.order_by().values_list(whose).annotate(count=Count("pk")))
        for found, whose in (
            (_alone(user_ids), "created_by"),
            (Party.objects.filter(assigned_to__in=user_ids), "assigned_to"),
            (_lists_of(user_ids), "created_by"),
            (_views_of(user_ids), "created_by"),
        )
    ]
    return {pk: Left(*(counts.get(pk, 0) for counts in counted)) for pk in user_ids}


def hand_over(by: Actor, user_id: int, to: Membership | None) -> Job | None:
    """Give what only ``user_id`` could see, and the records assigned to them, to another member.

    The user must have left the account: what an active member keeps private stays theirs. ``to=None`` opens those
    records, lists and views to the whole account and unassigns the records. Above
    ``HANDED_AT_ONCE`` records the worker does it, and the job is returned. Raises ``Invalid``, ``PermissionDenied``.
    """
    by.require(Can.MANAGE_USERS)
    if Membership.objects.filter(user=user_id, active=True).exists():
        refuse("to", "still_member")
    if to is not None and (not to.active or to.user_id == user_id):
        refuse("to", "visibility_unknown")
    _hand_over_lists(by, user_id, to.user_id if to else None)
    payload = {"user": user_id, "to": to.user_id if to else None, "name": str(to) if to else ""}
    if _theirs(user_id).count() > HANDED_AT_ONCE:
        return Job.objects.create(account=by.account, kind=HAND_OVER_JOB, payload=payload, by_id=by.user_id)
    for _step in _steps(by, payload):
        pass
    return None


def _steps(by: Actor, payload: dict) -> Iterator[None]:
    """Hand over ``HANDED_PER_STEP`` records per transaction. It can resume, since they no longer match afterwards."""
    user_id, to = payload["user"], payload["to"]
    while True:
        with act(by, HANDED_OVER, Can.MANAGE_USERS) as telling:
            parties = list(_theirs(user_id).select_for_update(no_key=True).order_by("pk")[:HANDED_PER_STEP])
            if not parties:
                return
            telling.say(name=payload["name"] or by.account.name)
            done = set_columns([_setting(party, user_id, to) for party in parties], telling)
            opened = [party.pk for party in done if to is None and not party.is_person]
            if opened:
                refresh_soon(by, people_of(opened))
        yield


def _setting(party: Party, user_id: int, to: int | None) -> Setting:
    """Return the new values of one record, which is private to the user, assigned to them, or both."""
    values: dict[str, Any] = {}
    told: dict[str, list] = {}
    if party.visibility == Visibility.CREATOR and party.created_by_id == user_id:
        if to is None:
            values["visibility"], told["visibility"] = Visibility.EVERYONE, [party.visibility, Visibility.EVERYONE]
        else:
            values["created_by_id"] = to
    if party.assigned_to_id == user_id:
        values["assigned_to_id"], told["assigned_to"] = to, [f"user:{user_id}", f"user:{to}" if to else None]
    return party, values, told


@handler(HAND_OVER_JOB)
def _hand_over_job(job: Job) -> Iterator[None]:
    yield from _steps(author(job), job.payload)


def _theirs(user_id: int):
    return Party.objects.filter(Q(visibility=Visibility.CREATOR, created_by=user_id) | Q(assigned_to=user_id))


def _alone(user_ids: list[int]):
    return Party.objects.filter(visibility=Visibility.CREATOR, created_by__in=user_ids)


def _lists_of(user_ids: list[int]) -> QuerySet[ContactList]:
    return ContactList.objects.filter(reach=Reach.ME, created_by__in=user_ids)


def _views_of(user_ids: list[int]) -> QuerySet[SavedView]:
    return SavedView.objects.filter(reach=Reach.ME, created_by__in=user_ids)


@twice_in_a_race
def _hand_over_lists(by: Actor, user_id: int, to: int | None) -> None:
    """Give the private lists and views of ``user_id`` to user ``to``, or to the whole account when ``to`` is None.

    A name that is already taken there gets a number.
    """
    with act(by, LIST_CHANGED, Can.MANAGE_USERS) as telling:
        own_lists = list(_lists_of([user_id]).select_for_update(no_key=True))
        for found in own_lists:
            there = ContactList.objects.filter(_had_by(to), category=found.category_id).exclude(pk=found.pk)
            taken = set(there.values_list("key", flat=True))
            found.name, found.key = _free(found.name, LIST_NAME_LENGTH, list_key, taken)
            found.version, found.updated_at = found.version + 1, telling.at
            _give(found, to)
        lists.say(telling, *own_lists)
    with act(by, VIEW_CHANGED, Can.MANAGE_USERS) as telling:
        own_views = list(_views_of([user_id]).select_for_update(no_key=True))
        for view in own_views:
            there = SavedView.objects.filter(created_by=to or user_id, kind=view.kind).exclude(pk=view.pk)
            taken = set(there.values_list("key", flat=True))
            view.name, view.key = _free(view.name, views.VIEW_NAME_LENGTH, item_key, taken)
            _give(view, to)
        if own_views and to is None:  # private views are never named in the journal
            telling.say(view=", ".join(view.name for view in own_views))


def _had_by(to: int | None) -> Q:
    return Q(reach=Reach.ALL) | Q(reach=Reach.ME, created_by=to) if to else Q(reach=Reach.ALL)


def _give(one: ContactList | SavedView, to: int | None) -> None:
    if to is None:
        one.reach = Reach.ALL
    else:
        one.created_by_id = to
    one.save()


def _free(name: str, length: int, key_of: Callable[[str], str], taken: Collection[str]) -> tuple[str, str]:
    """Return ``name`` and its key, with « (2) », « (3) »… appended while the key is in ``taken``."""
    for number in count(1):
        ending = f" ({number})" if number > 1 else ""
        shown = name[: length - len(ending)] + ending
        if (key := key_of(shown)[:length]) not in taken:
            break
    return shown, key
