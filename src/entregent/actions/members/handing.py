"""Handing over when a user leaves: the records that only they could see, and those assigned to them (B3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import author, handler
from entregent.accounts.models import Job, Membership
from entregent.accounts.permissions import Can
from entregent.actions.bulk.setting import Setting, set_columns
from entregent.actions.frame import act
from entregent.actions.parties.refreshing import people_of, refresh_soon
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.directory.visibility.visibility import Visibility

from . import handing_lists
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
            (handing_lists.lists_of(user_ids), "created_by"),
            (handing_lists.views_of(user_ids), "created_by"),
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
        raise Invalid([Problem("to", "still_member")])
    if to is not None and (not to.active or to.user_id == user_id):
        raise Invalid([Problem("to", "visibility_unknown")])
    handing_lists.hand_over(by, user_id, to.user_id if to else None)
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
def _hand_over(job: Job) -> Iterator[None]:
    yield from _steps(author(job), job.payload)


def _theirs(user_id: int):
    return Party.objects.filter(Q(visibility=Visibility.CREATOR, created_by=user_id) | Q(assigned_to=user_id))


def _alone(user_ids: list[int]):
    return Party.objects.filter(visibility=Visibility.CREATOR, created_by__in=user_ids)
