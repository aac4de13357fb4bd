"""«Rôles et autorisations» and «Équipes»: roles with their permissions, teams with their members."""

from functools import partial

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from entregent.accounts.models import Role, Team
from entregent.accounts.models.members import PRESENT
from entregent.accounts.permissions import OF_THE_SERVICE, Can
from entregent.accounts.request import Request
from entregent.actions.members.roles import change_role, create_role, delete_role
from entregent.actions.members.teams import change_team, create_team, delete_team
from entregent.shell.page import say_at
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.settings.forms import RoleForm, TeamForm
from entregent.web.subjects import confirm, settings_page

OF_A_NEW_ROLE = [Can.READ_CONTACTS, Can.READ_JOURNAL]


@door(Can.MANAGE_ROLES)
def roles(request: Request) -> HttpResponse:
    """The table of permissions: one row per permission, one column per role."""
    columns = list(Role.objects.all())
    rows = [(can.label, [can in role.grants() for role in columns]) for can in Can if can not in OF_THE_SERVICE]
    own = any(not role.code for role in columns)
    return settings_page(request, "roles", "roles", roles=columns, rows=rows, own=own)


@door(Can.MANAGE_ROLES, methods=("GET", "POST"))
def role(request: Request, pk: int | None = None) -> HttpResponse:
    """Create a role, or change its name and permissions. Roles that come with the program answer 404."""
    by = request.by
    found = None if pk is None else get_object_or_404(Role, pk=pk, code="")
    first = {"name": found.name, "permissions": found.permissions} if found else {"permissions": OF_A_NEW_ROLE}
    form = RoleForm(request.POST or None, initial=first)
    save = partial(change_role, by, found) if found else partial(create_role, by)
    if saved(form, lambda: save(**form.cleaned_data)):
        return say_at(
            request, to(by, "settings:roles"), _("The role is saved.") if found else _("The role is created.")
        )
    return settings_page(request, "roles", "role", form=form, role=found)


@door(Can.MANAGE_ROLES, methods=("GET", "POST"))
def role_delete(request: Request, pk: int) -> HttpResponse:
    """Delete a role."""
    found = get_object_or_404(Role, pk=pk, code="")
    return confirm(
        request,
        back=to(request.by, "settings:roles"),
        do=lambda: delete_role(request.by, found),
        heading=_("Delete the role “%(name)s”?") % {"name": found.name},
        text=_("This can't be undone."),
        submit=_("Delete"),
        done=_("The role “%(name)s” is deleted.") % {"name": found.name},
    )


@door(Can.MANAGE_USERS)
def teams(request: Request) -> HttpResponse:
    """The teams with their numbers of active members."""
    counted = Team.objects.annotate(
        size=Count("memberships", filter=Q(memberships__active=True, memberships__user__is_active=True))
    )
    return settings_page(request, "teams", "teams", teams=counted)


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def team(request: Request, pk: int | None = None) -> HttpResponse:
    """Create a team, or change its name and members."""
    by = request.by
    found = None if pk is None else get_object_or_404(Team, pk=pk)
    first = {"name": found.name, "members": found.memberships.filter(PRESENT)} if found else {}
    form = TeamForm(request.POST or None, initial=first)
    save = partial(change_team, by, found) if found else partial(create_team, by)
    if saved(form, lambda: save(**form.cleaned_data)):
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
