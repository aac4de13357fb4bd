"""Teams: groups of users that records can be shared with (B3)."""

from collections.abc import Sequence

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.accounts.models.members import PRESENT
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, lock, twice_in_a_race
from entregent.directory.kinds import KINDS
from entregent.directory.lists.reach import seen_lists, seen_views
from entregent.directory.messages import refuse
from entregent.directory.models import ContactList, Party, SavedView

from .deeds import TEAM_CHANGED
from .members import show_by_default_no_more
from .problems import free_name, names_of


@twice_in_a_race
def create_team(by: Actor, name: str, members: Sequence[Membership] = ()) -> Team:
    """Create a team of these members. Raises ``Invalid``."""
    with act(by, TEAM_CHANGED, Can.MANAGE_USERS) as telling:
        team = Team.objects.create(account=by.account, name=free_name(name, Team.objects.all()))
        team.memberships.set(members)
        telling.say(team=team.name, members=[str(member) for member in members])
    return team


@twice_in_a_race
def change_team(by: Actor, team: Team, name: str, members: Sequence[Membership]) -> Team:
    """Rename a team or change its members. Users who left or were disabled stay in it. Raises ``Invalid``."""
    with act(by, TEAM_CHANGED, Can.MANAGE_USERS) as telling:
        team = lock(team, "team_unknown")
        team.name = free_name(name, Team.objects.exclude(pk=team.pk))
        team.save(update_fields=["name"])
        team.memberships.set([*members, *team.memberships.exclude(PRESENT)])
        telling.say(team=team.name, members=[str(member) for member in members])
    return team


def delete_team(by: Actor, team: Team) -> None:
    """Delete a team. Raises ``Invalid`` while records, lists or views are shared with it: nobody might have them."""
    with act(by, TEAM_CHANGED, Can.MANAGE_USERS) as telling:
        team = lock(team, "team_unknown")
        _refuse_shared(by, team)
        show_by_default_no_more("teams", team.pk)
        team.delete()
        telling.say(team=team.name, deleted=True)


def _refuse_shared(by: Actor, team: Team) -> None:
    """Raise ``Invalid`` if anything is shared with a team; it names what ``by`` sees of it."""
    parties = Party.objects.filter(shares__team=team)
    lists, views = ContactList.objects.filter(teams__team=team), SavedView.objects.filter(team=team)
    if not any(shared.exists() for shared in (parties, lists, views)):
        return
    seen = [
        *parties.visible_to(by).order_by("sort_name")[:6],
        *lists.filter(pk__in=seen_lists(by).values("pk"))[:6],
        *(view for kind in KINDS for view in seen_views(by, kind).filter(team=team)[:6]),
    ]
    refuse("", "team_shown", names=names_of(seen) or "…")
