"""«Équipes»: teams and their members."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from entregent.accounts.models import Team
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.members.teams import change_team, create_team, delete_team
from entregent.shell.page import say_at
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.settings.forms import TeamForm
from entregent.web.subjects import confirm, settings_page


@door(Can.MANAGE_USERS)
def teams(request: Request) -> HttpResponse:
    """The teams with their numbers of active members."""
    counted = Team.objects.annotate(size=Count("memberships", filter=Q(memberships__active=True)))
    return settings_page(request, "teams", "teams", teams=counted)


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def team(request: Request, pk: int | None = None) -> HttpResponse:
    """Create a team, or change its name and members."""
    by = request.by
    found = None if pk is None else get_object_or_404(Team, pk=pk)
    first = {"name": found.name, "members": found.memberships.filter(active=True)} if found else {}
    form = TeamForm(request.POST or None, initial=first)

    def save() -> Any:
        data = form.cleaned_data
        return change_team(by, found, **data) if found else create_team(by, **data)

    if saved(form, save):
        return say_at(
            request, to(by, "settings:teams"), _("The team is saved.") if found else _("The team is created.")
        )
    return settings_page(request, "teams", "team", form=form, team=found)


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def team_delete(request: Request, pk: int) -> HttpResponse:
    """Delete a team."""
    found = get_object_or_404(Team, pk=pk)
    return confirm(
        request,
        back=to(request.by, "settings:teams"),
        do=lambda: delete_team(request.by, found),
        heading=_("Delete the team “%(name)s”?") % {"name": found.name},
        text=_("Its members keep their place in the account."),
        submit=_("Delete"),
        done=_("The team “%(name)s” is deleted.") % {"name": found.name},
    )
