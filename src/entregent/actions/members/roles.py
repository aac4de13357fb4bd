"""Roles made by administrators, in addition to the three that every account has."""

from collections.abc import Iterable

from entregent.accounts.actor import Actor
from entregent.accounts.inviting import lapsed
from entregent.accounts.models import Invitation, Membership, Role
from entregent.accounts.permissions import OF_THE_SERVICE, Can
from entregent.actions.frame import act, lock, twice_in_a_race
from entregent.directory.messages import refuse

from .deeds import ROLE_CHANGED
from .members import check_within
from .problems import free_name, names_of


@twice_in_a_race
def create_role(by: Actor, name: str, permissions: Iterable[str]) -> Role:
    """Create a role. ``permissions``: values of ``Can``. Raises ``Invalid``."""
    with act(by, ROLE_CHANGED, Can.MANAGE_ROLES) as telling:
        granted = _clean(by, permissions)
        name = free_name(name, Role.objects.all())
        role = Role.objects.create(account=by.account, name=name, permissions=granted)
        telling.say(role=role.name, permissions=[[], granted])
    return role


@twice_in_a_race
def change_role(by: Actor, role: Role, name: str, permissions: Iterable[str]) -> Role:
    """Rename a role or change its permissions, with immediate effect for everyone who has it. Raises ``Invalid``."""
    with act(by, ROLE_CHANGED, Can.MANAGE_ROLES) as telling:
        role = _own(by, role)
        granted, before = _clean(by, permissions), role.permissions
        role.name = free_name(name, Role.objects.exclude(pk=role.pk))
        role.permissions = granted
        role.save(update_fields=["name", "permissions"])
        telling.say(role=role.name, permissions=[before, granted])
    return role


def delete_role(by: Actor, role: Role) -> None:
    """Delete a role. Raises ``Invalid`` while a member has it or an open invitation offers it."""
    with act(by, ROLE_CHANGED, Can.MANAGE_ROLES) as telling:
        role = _own(by, role)
        if holders := holders_of(role):
            refuse("", "role_used", names=names_of(holders))
        # Former members need some role: they would come back as readers.
        Membership.objects.filter(role=role).update(role=Role.objects.get(code="reader"))
        role.delete()
        telling.say(role=role.name, deleted=True)


def holders_of(role: Role) -> list:
    """Return the members who have a role, then the addresses of the open invitations that offer it."""
    members = Membership.objects.select_related("user").filter(role=role, active=True)
    offers = [offer for offer in Invitation.objects.filter(role=role).select_related("role") if offer.open]
    gone = lapsed(offers)
    return [*members, *(offer.email for offer in offers if offer.pk not in gone)]


def _own(by: Actor, role: Role) -> Role:
    held = lock(role, "role_unknown")
    if held.code:
        refuse("", "role_fixed")
    check_within(by, held)
    return held


def _clean(by: Actor, permissions: Iterable[str]) -> list[str]:
    words = set(permissions)
    known = {can.value for can in Can} - OF_THE_SERVICE
    if not words <= known:
        refuse("permissions", "permission_unknown")
    if not words <= {can.value for can in by.permissions}:
        refuse("permissions", "beyond")
    return sorted(words)
