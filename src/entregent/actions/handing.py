"""When a user leaves: what only they could see, and what was theirs to do, goes to someone (B3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Q

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.jobs import handler
from entregent.accounts.models import Job, Membership
from entregent.accounts.permissions import Can
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.directory.visibility import Visibility
from entregent.journal.deeds import Deed

from .frame import act

KIND = "members.hand_over"
AT_ONCE = 300
STEP = 300


@dataclass(frozen=True, slots=True)
class Left:
    """How many records only this user sees, and how many are assigned to them."""

    alone: int = 0
    assigned: int = 0

    def __bool__(self) -> bool:
        return bool(self.alone or self.assigned)


def left_by(by: Actor, user_ids: list[int]) -> dict[int, Left]:
    """What each of these users would leave: counts, and nothing of the records. Two queries."""
    by.require(Can.MANAGE_USERS)
    alone = dict(_alone(user_ids).values_list("created_by").annotate(count=Count("pk")))
    assigned = dict(
        Party.objects.filter(assigned_to__in=user_ids).values_list("assigned_to").annotate(count=Count("pk"))
    )
    return {pk: Left(alone.get(pk, 0), assigned.get(pk, 0)) for pk in user_ids}


def hand_over(by: Actor, user_id: int, to: Membership | None) -> Job | None:
    """Give what ``user_id`` alone could see, and what is assigned to them, to another member.

    Only of one who has left: what a colleague keeps to themself is theirs. ``to``: None opens those records to the
    whole account, and leaves nobody in charge. Many are handed over by the worker: then the job is returned. Raises
    ``Invalid``, ``PermissionDenied``.
    """
    by.require(Can.MANAGE_USERS)
    if Membership.objects.filter(user=user_id, active=True).exists():
        raise Invalid([Problem("to", "still_member")])
    if to is not None and (not to.active or to.user_id == user_id):
        raise Invalid([Problem("to", "visibility_unknown")])
    payload = {"user": user_id, "to": to.user_id if to else None, "name": str(to) if to else ""}
    if _theirs(user_id).count() > AT_ONCE:
        return Job.objects.create(account=by.account, kind=KIND, payload=payload, by_id=by.user_id)
    for _step in _steps(by, payload):
        pass
    return None


def _steps(by: Actor, payload: dict) -> Iterator[None]:
    """A few hundred records at a time: what is handed over is no longer theirs, so a step is never done twice."""
    user_id, to = payload["user"], payload["to"]
    while True:
        with act(by, Deed.HANDED_OVER, Can.MANAGE_USERS) as telling:
            parties = list(_theirs(user_id).select_for_update(no_key=True).order_by("pk")[:STEP])
            if not parties:
                return
            ids = [party.pk for party in parties]
            raised = {"version": F("version") + 1, "updated_at": telling.at}
            alone = Party.objects.filter(pk__in=ids) & _alone([user_id])
            alone.update(**raised, **({"created_by": to} if to else {"visibility": Visibility.EVERYONE}))
            Party.objects.filter(pk__in=ids, assigned_to=user_id).update(**raised, assigned_to=to)
            telling.say(name=payload["name"] or by.account.name)
            telling.tell_many([(party.pk, party.name, party.version + 1, {}) for party in parties])
        yield


@handler(KIND)
def _hand_over(job: Job) -> Iterator[None]:
    by = actor_in(job.account.slug, job.by_id or 0)
    if by is not None:
        yield from _steps(by, job.payload)


def _theirs(user_id: int):
    return Party.objects.filter(Q(visibility=Visibility.CREATOR, created_by=user_id) | Q(assigned_to=user_id))


def _alone(user_ids: list[int]):
    return Party.objects.filter(visibility=Visibility.CREATOR, created_by__in=user_ids)
