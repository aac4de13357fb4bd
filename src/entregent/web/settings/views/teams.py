"""«Équipes»: teams and their members."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from entregent.accounts.models import Team
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.members.teams import change_team, create_team, delete_team
from entregent.shell.page import say
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
def team_new(request: Request) -> HttpResponse:
    """Create a team."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and saved(form, lambda: create_team(request.by, **form.cleaned_data)):
        say(request, _("The team is created."))
        return redirect("settings:teams", request.by.account.slug)
    return settings_page(request, "teams", "team", form=form, team=None)


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def team(request: Request, pk: int) -> HttpResponse:
    """Change a team's name and members."""
    found = get_object_or_404(Team, pk=pk)
    members = found.memberships.filter(active=True)
    form = TeamForm(request.POST or None, initial={"name": found.name, "members": members})
    if request.method == "POST" and saved(form, lambda: change_team(request.by, found, **form.cleaned_data)):
        say(request, _("The team is saved."))
        return redirect("settings:teams", request.by.account.slug)
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
