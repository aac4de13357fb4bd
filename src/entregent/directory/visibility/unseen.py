"""Records, lists and views that no active user sees: their makers left, and those they were shared with too (B3).

A user has left when their membership ended or when they were disabled. What an active user keeps private is theirs.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from entregent.accounts.models import Membership
from entregent.accounts.models.members import PRESENT
from entregent.directory.models import ContactList, ListTeam, Party, Reach, SavedView, Share

from .visibility import Visibility

Ids = Collection[int]


def present(but: Ids = ()) -> QuerySet[Membership]:
    """Return the memberships of active users, without those of the users ``but``."""
    found = Membership.objects.filter(PRESENT)
    return found.exclude(user__in=list(but)) if but else found


def _users(but: Ids) -> QuerySet:
    return present(but).order_by().values("user")


def _teams(but: Ids) -> QuerySet:
    links = Membership.teams.through.objects.filter(membership__in=present(but).order_by().values("pk"))
    return links.values("team")


def unseen_parties(but: Ids = ()) -> QuerySet[Party]:
    """Return the records, those in the bin included, that no active user but ``but`` sees."""
    to_someone = Share.objects.filter(Q(user__in=_users(but)) | Q(team__in=_teams(but)), party=OuterRef("pk"))
    hidden = Party.objects.exclude(visibility=Visibility.EVERYONE).exclude(created_by__in=_users(but))
    return hidden.exclude(Q(visibility=Visibility.SHARED) & Exists(to_someone))


def unseen_lists(but: Ids = ()) -> QuerySet[ContactList]:
    """Return the lists that no active user but ``but`` has."""
    of_someone = ListTeam.objects.filter(list=OuterRef("pk"), team__in=_teams(but))
    hidden = ContactList.objects.exclude(reach=Reach.ALL).exclude(created_by__in=_users(but))
    return hidden.exclude(Q(reach=Reach.TEAMS) & Exists(of_someone))


def unseen_views(but: Ids = ()) -> QuerySet[SavedView]:
    """Return the saved views that no active user but ``but`` has."""
    hidden = SavedView.objects.exclude(reach=Reach.ALL).exclude(created_by__in=_users(but))
    return hidden.exclude(reach=Reach.TEAMS, team__in=_teams(but))
