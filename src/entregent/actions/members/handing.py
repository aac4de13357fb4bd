"""Handing over when a user leaves: what only they could see, and the records assigned to them (B3)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
from entregent.directory.models import ContactList, ListTeam, Party, Reach, SavedView, Share
from entregent.directory.parties.cleaning import item_key
from entregent.directory.visibility.unseen import present, unseen_lists, unseen_parties, unseen_views
from entregent.directory.visibility.visibility import Visibility
from entregent.journal.telling import Telling

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
    """Count what each of these users would leave behind: id → counts, no contents.

    Besides what they made for themselves, what is shared with them, or with a team of which they are the last. The
    number of queries does not depend on the number of users.
    """
    by.require(Can.MANAGE_USERS)
    teams = _teams_of(user_ids)
    lists, views = unseen_lists(user_ids), unseen_views(user_ids)
    given = Party.objects.filter(assigned_to__in=user_ids).order_by().values_list("assigned_to")
    counted = (
        _counted(unseen_parties(user_ids), user_ids, _shared_with(user_ids, teams)),
        Counter(dict(given.annotate(count=Count("pk")))),
        _counted(lists, user_ids, _reached(ListTeam.objects.filter(list__in=lists), teams)),
        _counted(views, user_ids, _reached(views, teams)),
    )
    return {pk: Left(*(counts[pk] for counts in counted)) for pk in user_ids}


def unseen(by: Actor) -> Left:
    """Count the records, lists and views that no active user sees."""
    by.require(Can.MANAGE_USERS)
    return Left(unseen_parties().count(), 0, unseen_lists().count(), unseen_views().count())


def hand_over(by: Actor, user_id: int | None, to: Membership | None) -> Job | None:
    """Give what only ``user_id`` could see, and the records assigned to them, to another member.

    The user must have left the account or be disabled: what an active member keeps private stays theirs.
    ``user_id=None``: all that no active user sees. ``to=None`` opens it to the whole account and unassigns the
    records. Above ``HANDED_AT_ONCE`` records the worker does it, and the job is returned. Raises ``Invalid``,
    ``PermissionDenied``.
    """
    by.require(Can.MANAGE_USERS)
    if user_id is not None and present().filter(user=user_id).exists():
        refuse("to", "still_member")
    if to is not None and not present().filter(pk=to.pk).exists():
        refuse("to", "visibility_unknown")
    _hand_over_lists(by, user_id, to.user_id if to else None)
    payload = {"user": user_id, "to": to.user_id if to else None, "name": str(to) if to else ""}
    if _theirs(user_id).count() > HANDED_AT_ONCE:
        return Job.objects.create(account=by.account, kind=HAND_OVER_JOB, payload=payload, by_id=by.user_id)
    while _step(by, payload):
        pass
    return None


def stopped(by: Actor) -> str:
    """Return who was to receive the last hand-over, if it stopped because they left or were disabled, or ""."""
    by.require(Can.MANAGE_USERS)
    last = Job.objects.filter(kind=HAND_OVER_JOB).order_by("-pk").first()
    return last.payload["name"] if last and last.payload.get("stopped") else ""


def _step(by: Actor, payload: dict[str, Any], job: Job | None = None) -> bool:
    """Hand over the next ``HANDED_PER_STEP`` records in one transaction; return False when none is left.

    ``payload["after"]``: the id of the last one that was handed over; a job saves it with each step. It stops if the
    receiver is no longer there, for nobody would see what they got, or if whoever had left is there again.
    """
    with act(by, HANDED_OVER, Can.MANAGE_USERS) as telling:
        if job:  # as it is now: the lease of an earlier worker may have expired during a step
            payload = Job.objects.select_for_update().get(pk=job.pk).payload
        parties = _next(payload)
        if parties:
            _hand_over_parties(by, payload, parties, telling)
            payload["after"] = parties[-1].pk
        if job:
            Job.objects.filter(pk=job.pk).update(payload=payload)
    return bool(parties)


def _next(payload: dict[str, Any]) -> list[Party]:
    """Return the next records to hand over, locked; none if it has to stop."""
    user_id, to = payload["user"], payload["to"]
    receivers = present().select_for_update(of=("self",), no_key=True).filter(user=to)
    if to is not None and not receivers:
        payload["stopped"] = True
        return []
    if user_id is not None and present().filter(user=user_id).exists():
        return []
    left = _theirs(user_id).filter(pk__gt=payload.get("after", 0)).order_by("pk")
    return list(left.select_for_update(no_key=True)[:HANDED_PER_STEP])


def _hand_over_parties(by: Actor, payload: dict[str, Any], parties: list[Party], telling: Telling) -> None:
    user_id, to = payload["user"], payload["to"]
    telling.say(name=payload["name"] or by.account.name)
    hidden = set(unseen_parties().filter(pk__in=[party.pk for party in parties]).values_list("pk", flat=True))
    done = set_columns([_setting(party, user_id, to, party.pk in hidden) for party in parties], telling)
    if to is None:
        Share.objects.filter(party__in=hidden).delete()
    opened = [party.pk for party in done if to is None and not party.is_person]
    if opened:
        refresh_soon(by, people_of(opened))


def _setting(party: Party, user_id: int | None, to: int | None, hidden: bool) -> Setting:
    """Return the new values of one record, which nobody sees, is assigned to the user, or both."""
    values: dict[str, Any] = {}
    told: dict[str, list] = {}
    if hidden and to is None:
        values["visibility"], told["visibility"] = Visibility.EVERYONE, [party.visibility, Visibility.EVERYONE]
    elif hidden:
        values["created_by_id"] = to
    if user_id is not None and party.assigned_to_id == user_id:
        values["assigned_to_id"], told["assigned_to"] = to, [f"user:{user_id}", f"user:{to}" if to else None]
    return party, values, told


@handler(HAND_OVER_JOB)
def _hand_over_job(job: Job) -> Iterator[bool]:
    while _step(author(job), job.payload, job):
        yield True


def _theirs(user_id: int | None) -> QuerySet[Party]:
    """Return what is to be handed over: of a user who left, or all that nobody sees."""
    if user_id is None:
        return unseen_parties()
    shares = Share.objects.filter(Q(user=user_id) | Q(team__in=list(_teams_of([user_id]))))
    mine = Q(created_by=user_id) | Q(visibility=Visibility.SHARED, pk__in=shares.values("party"))
    assigned = Party.objects.filter(assigned_to=user_id).order_by().values("pk")
    # A union, each part by its index: with an OR both databases read the whole account.
    return Party.objects.filter(pk__in=assigned.union(unseen_parties().filter(mine).order_by().values("pk")))


def _teams_of(user_ids: list[int]) -> dict[int, list[int]]:
    """Return the users among these who are in each team: id of a team → ids of users."""
    found: dict[int, list[int]] = {}
    links = Membership.teams.through.objects.filter(membership__in=Membership.objects.filter(user__in=user_ids))
    for team, user in links.values_list("team", "membership__user"):
        found.setdefault(team, []).append(user)
    return found


Reached = set[tuple[int, int]]
"""A user, and what others made that reaches them."""


def _counted(hidden: QuerySet, user_ids: list[int], reached: Reached) -> Counter[int]:
    """Count per user the rows that they made, and those that others made and that reach them."""
    made = hidden.filter(created_by__in=user_ids).order_by().values_list("created_by").annotate(count=Count("pk"))
    return Counter(dict(made)) + Counter(user for user, _pk in reached)


def _shared_with(user_ids: list[int], teams: Mapping[int, Sequence[int]]) -> Reached:
    shares = Share.objects.filter(party__visibility=Visibility.SHARED, party__in=unseen_parties(user_ids))
    to = shares.filter(Q(user__in=user_ids) | Q(team__in=list(teams)))
    rows = to.values_list("party", "party__created_by", "user", "team")
    return {
        (user, party)
        for party, maker, named, team in rows
        for user in ([named] if named else teams[team])
        if user != maker
    }


def _reached(found: QuerySet, teams: Mapping[int, Sequence[int]]) -> Reached:
    """Return what teams have: rows of lists' teams, or views of a team."""
    path = "list" if found.model is ListTeam else "pk"
    maker = "list__created_by" if found.model is ListTeam else "created_by"
    rows = found.filter(team__in=list(teams)).values_list(path, maker, "team")
    return {(user, pk) for pk, made_by, team in rows for user in teams[team] if user != made_by}


def _lists_of(user_id: int | None) -> QuerySet[ContactList]:
    if user_id is None:
        return unseen_lists()
    of_teams = ListTeam.objects.filter(team__in=list(_teams_of([user_id]))).values("list")
    return unseen_lists().filter(Q(created_by=user_id) | Q(reach=Reach.TEAMS, pk__in=of_teams))


def _views_of(user_id: int | None) -> QuerySet[SavedView]:
    if user_id is None:
        return unseen_views()
    return unseen_views().filter(Q(created_by=user_id) | Q(team__in=list(_teams_of([user_id]))))


@twice_in_a_race
def _hand_over_lists(by: Actor, user_id: int | None, to: int | None) -> None:
    """Give the lists and views that only ``user_id`` had to user ``to``, or to the account when ``to`` is None.

    A name that is already taken there gets a number.
    """
    with act(by, LIST_CHANGED, Can.MANAGE_USERS) as telling:
        own_lists = list(_lists_of(user_id).select_for_update(no_key=True))
        for found in own_lists:
            there = ContactList.objects.filter(_had_by(to), category=found.category_id).exclude(pk=found.pk)
            taken = set(there.values_list("key", flat=True))
            found.name, found.key = _free(found.name, LIST_NAME_LENGTH, list_key, taken)
            found.version, found.updated_at = found.version + 1, telling.at
            _give(found, to)
        lists.say(telling, *own_lists)
    with act(by, VIEW_CHANGED, Can.MANAGE_USERS) as telling:
        own_views = list(_views_of(user_id).select_for_update(no_key=True))
        for view in own_views:
            there = SavedView.objects.filter(created_by=to or view.created_by_id, kind=view.kind).exclude(pk=view.pk)
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
        if isinstance(one, SavedView):
            one.team = None
        else:
            one.teams.all().delete()
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
