"""«Rôles et autorisations»: roles and their permissions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from entregent.accounts.models import Role
from entregent.accounts.permissions import LABELS, OF_THE_SERVICE, Can
from entregent.accounts.request import Request
from entregent.actions.members.roles import change_role, create_role, delete_role
from entregent.shell.page import say
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.settings.forms import RoleForm
from entregent.web.subjects import confirm, settings_page


@door(Can.MANAGE_ROLES)
def roles(request: Request) -> HttpResponse:
    """The table of permissions: one row per permission, one column per role."""
    columns = list(Role.objects.all())
    rows = [
        (label, [can in role.grants() for role in columns])
        for can, label in LABELS.items()
        if can not in OF_THE_SERVICE
    ]
    return settings_page(
        request, "roles", "roles", roles=columns, rows=rows, own=any(not role.code for role in columns)
    )


@door(Can.MANAGE_ROLES, methods=("GET", "POST"))
def role_new(request: Request) -> HttpResponse:
    """Create a role."""
    form = RoleForm(request.POST or None, initial={"permissions": [Can.READ_CONTACTS, Can.READ_JOURNAL]})
    if request.method == "POST" and saved(form, lambda: create_role(request.by, **form.cleaned_data)):
        say(request, _("The role is created."))
        return redirect("settings:roles", request.by.account.slug)
    return settings_page(request, "roles", "role", form=form, role=None)


@door(Can.MANAGE_ROLES, methods=("GET", "POST"))
def role(request: Request, pk: int) -> HttpResponse:
    """Change a role's name and permissions. Roles that come with the program answer 404."""
    found = get_object_or_404(Role, pk=pk, code="")
    form = RoleForm(request.POST or None, initial={"name": found.name, "permissions": found.permissions})
    if request.method == "POST" and saved(form, lambda: change_role(request.by, found, **form.cleaned_data)):
        say(request, _("The role is saved."))
        return redirect("settings:roles", request.by.account.slug)
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
