"""«Qui voit cette fiche ?» (X12): whether each user of the account sees a record, and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.models.members import PRESENT
from entregent.accounts.permissions import Can
from entregent.directory.models import Party, Share

from .visibility import Visibility, seen_by

VIEWERS_PER_QUERY = 40
"""At most this many users per query, since each adds a condition."""


class Why(StrEnum):
    """Why a user sees a record, or doesn't. The pages put it into words."""

    SERVICE = "service"
    EVERYONE = "everyone"
    CREATOR = "creator"
    BY_NAME = "by_name"
    TEAM = "team"
    ROLE = "role"
    CREATOR_ONLY = "creator_only"
    NOT_SHARED = "not_shared"


@dataclass(frozen=True, slots=True)
class Viewer:
    """One user: whether they see the record, why, and through which teams, if through teams."""

    user_id: int
    name: str
    sees: bool
    why: Why
    teams: tuple[str, ...] = ()


def viewers(party: Party) -> list[Viewer]:
    """Return the active users of the account, first those who see ``party``, each group by name.

    Whether a user sees the record is decided by ``seen_by``, the condition that filters lists; the reason is then
    derived from the record.
    """
    members = Membership.objects.filter(PRESENT).select_related("user", "role", "account")
    actors = [
        Actor.of(member, teams=[team.pk for team in member.teams.all()])
        for member in members.prefetch_related("teams")
    ]
    seen = _seen(party, actors)
    shares = list(Share.objects.filter(party=party).select_related("team"))
    return sorted(
        (_viewer(party, actor, actor.user_id in seen, shares) for actor in actors),
        key=lambda viewer: (not viewer.sees, viewer.name.casefold()),
    )


def _seen(party: Party, actors: list[Actor]) -> set[int | None]:
    """Return the ids of the users who see the record."""
    found: set[int | None] = set()
    for start in range(0, len(actors), VIEWERS_PER_QUERY):
        conditions: dict[str, Any] = {
            f"user_{actor.user_id}": ExpressionWrapper(Q(seen_by(actor, Share.objects.all())), BooleanField())
            for actor in actors[start : start + VIEWERS_PER_QUERY]
        }
        for row in Party.readable.filter(pk=party.pk).values(**conditions):
            found |= {actor.user_id for actor in actors if row.get(f"user_{actor.user_id}")}
    return found


def _viewer(party: Party, actor: Actor, let_through: bool, shares: list[Share]) -> Viewer:
    mine = tuple(sorted(share.team.name for share in shares if share.team and share.team_id in actor.team_ids))
    sees = let_through and actor.may(Can.READ_CONTACTS)
    teams = mine if sees else ()
    return Viewer(actor.user_id or 0, actor.name, sees, _why(party, actor, let_through, shares, mine), teams)


def _why(party: Party, actor: Actor, let_through: bool, shares: list[Share], teams: tuple[str, ...]) -> Why:
    if not actor.may(Can.READ_CONTACTS):
        return Why.ROLE
    if not let_through:
        return Why.CREATOR_ONLY if party.visibility == Visibility.CREATOR else Why.NOT_SHARED
    if party.of_service:
        return Why.SERVICE
    if party.visibility == Visibility.EVERYONE:
        return Why.EVERYONE
    if party.created_by_id == actor.user_id:
        return Why.CREATOR
    if any(share.user_id == actor.user_id for share in shares):
        return Why.BY_NAME
    return Why.TEAM
