"""Teams: groups of users that records can be shared with (B3)."""

from collections.abc import Sequence

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, lock, twice_in_a_race
from entregent.directory.messages import refuse
from entregent.directory.models import Party

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
    """Rename a team or change its members. Former members of the account stay in it. Raises ``Invalid``."""
    with act(by, TEAM_CHANGED, Can.MANAGE_USERS) as telling:
        team = lock(team, "team_unknown")
        team.name = free_name(name, Team.objects.exclude(pk=team.pk))
        team.save(update_fields=["name"])
        team.memberships.set([*members, *team.memberships.filter(active=False)])
        telling.say(team=team.name, members=[str(member) for member in members])
    return team


def delete_team(by: Actor, team: Team) -> None:
    """Delete a team. Raises ``Invalid`` while records are shared with it, as they might become invisible."""
    with act(by, TEAM_CHANGED, Can.MANAGE_USERS) as telling:
        team = lock(team, "team_unknown")
        shown = Party.objects.filter(shares__team=team)
        if shown.exists():
            seen = list(shown.visible_to(by).order_by("sort_name")[:6])
            refuse("", "team_shown", names=names_of(seen) or "…")
        show_by_default_no_more("teams", team.pk)
        team.delete()
        telling.say(team=team.name, deleted=True)
