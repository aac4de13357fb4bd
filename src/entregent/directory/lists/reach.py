"""Who has which list or view: its maker, teams, or the whole account. Every interface uses these queries."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.models import ContactList, ListTeam, SavedView
from entregent.directory.models.lists import Reach


def seen_lists(by: Actor) -> QuerySet[ContactList]:
    """Return the lists that ``by`` may see, archived ones included. The others don't exist for them."""
    of_teams = ListTeam.objects.filter(list=OuterRef("pk"), team__in=by.team_ids)
    reached: Any = Q(reach=Reach.ALL) | (Q(reach=Reach.TEAMS) & Exists(of_teams))
    if by.user_id is not None:
        reached |= _made(by)
    return ContactList.objects.filter(reached)


def _made(by: Actor) -> Q:
    """Return the condition of what ``by`` made; a preview leaves out what they have for themselves."""
    made = Q(created_by=by.user_id)
    return made & ~Q(reach=Reach.ME) if by.previewer else made


def seen_views(by: Actor, kind: str) -> QuerySet[SavedView]:
    """Return the saved views of contacts (``"p"``) or organisations (``"o"``) that ``by`` has, own and shared."""
    shared = Q(reach=Reach.ALL) | Q(reach=Reach.TEAMS, team__in=by.team_ids)
    return SavedView.objects.filter(shared | _made(by), kind=kind)
