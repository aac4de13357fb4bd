"""Members of the account: invite them by e-mail, change their role and teams, remove them."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.accounts.inviting import lapsed
from entregent.accounts.models import Invitation, Membership, Role, Team, Token, User
from entregent.accounts.models.members import PRESENT, digest
from entregent.accounts.permissions import Can
from entregent.accounts.preview import may_preview
from entregent.accounts.scope import everywhere, inside
from entregent.actions.frame import act
from entregent.directory.messages import Invalid, problem_of, refuse
from entregent.kernel.emails import parse_email
from entregent.kernel.errors import Bad

from . import problems as member_problems  # noqa: F401  registers its sentences
from .deeds import INVITATION_WITHDRAWN, MEMBER_CHANGED, MEMBER_INVITED, MEMBER_JOINED, PREVIEWED
from .invitation_mail import send_invitation

ADMINISTRATOR = "administrator"


def invite(by: Actor, email: str, role: Role, teams: Sequence[Team] = ()) -> Invitation:
    """Invite someone to the account by e-mail, for seven days; an open invitation to the same address is replaced.

    The e-mail is sent after commit; ``sent_at`` stays empty when sending failed. Raises ``Invalid``,
    ``PermissionDenied``.
    """
    with act(by, MEMBER_INVITED, Can.MANAGE_USERS) as telling:
        try:
            address = parse_email(email).key
        except Bad as bad:
            raise Invalid([problem_of("email", bad)]) from bad
        if Membership.objects.filter(user__email=address, active=True).exists():
            refuse("email", "member_already", email=address)
        check_within(by, role)
        Invitation.objects.filter(email=address, accepted_at=None).delete()
        invitation, secret = Invitation.draft(account=by.account, email=address, role=role, by_id=by.user_id)
        invitation.save()
        invitation.teams.set(teams)
        transaction.on_commit(lambda: send_invitation(invitation, secret, by))
        telling.say(email=address, role=str(role))
    invitation.refresh_from_db()
    return invitation


def invite_again(by: Actor, invitation: Invitation) -> Invitation:
    """Send an invitation again, with a new link and a new period of seven days."""
    return invite(by, invitation.email, invitation.role, list(invitation.teams.all()))


def withdraw(by: Actor, invitation: Invitation) -> None:
    """Withdraw an invitation that was not accepted: its link stops working."""
    with act(by, INVITATION_WITHDRAWN, Can.MANAGE_USERS) as telling:
        if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()[0]:
            refuse("", "invitation_over")
        telling.say(email=invitation.email)


def invitation_of(secret: str) -> Invitation | None:
    """Return the invitation of a link's secret, with its account and role; None if none stands any more."""
    with everywhere("the account is found by the invitation, before there is a scope"):
        found = Invitation.objects.select_related("account", "role").filter(digest=digest(secret)).first()
    return found if found and found.open and not lapsed([found]) else None


def accept(invitation: Invitation, user: User) -> Membership:
    """Make ``user`` a member as the invitation says.

    Raises ``Invalid`` when it was sent to another address, or is no longer open.
    """
    if user.email.lower() != invitation.email:
        refuse("", "invitation_other", email=invitation.email)
    with inside(invitation.account), transaction.atomic():
        current = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
        if current is None or not current.open or lapsed([current]):
            refuse("", "invitation_over")
        member, _ = Membership.objects.update_or_create(
            account=invitation.account, user=user, defaults={"role": current.role, "active": True}
        )
        member.teams.set(current.teams.all())
        current.accepted_at = timezone.now()
        current.save(update_fields=["accepted_at"])
        with act(Actor.of(member), MEMBER_JOINED) as telling:
            telling.say(email=user.email)
    return member


def join(invitation: Invitation, password: str, **fields: str) -> Membership:
    """Create the invited user and make them a member. ``fields``: names and language of the user."""
    with transaction.atomic():
        user = User.objects.create_user(invitation.email, password, **fields)
        return accept(invitation, user)


def change_member(by: Actor, member: Membership, role: Role, teams: Sequence[Team]) -> Membership:
    """Give a member this role and these teams. Raises ``Invalid``, also for the last administrator's role."""
    with act(by, MEMBER_CHANGED, Can.MANAGE_USERS) as telling:
        member = _held(member)
        old = (member.role_id, {team.pk for team in member.teams.all()})
        if old == (role.pk, {team.pk for team in teams}):
            return member
        if role.pk != member.role_id:
            check_within(by, member.role)
            check_within(by, role)
            if role.code != ADMINISTRATOR:
                _keep_an_administrator(member)
        member.role = role
        member.save(update_fields=["role"])
        member.teams.set(teams)
        telling.say(name=str(member), role=str(role), teams=[str(team) for team in teams])
    return member


def end_membership(by: Actor, member: Membership) -> None:
    """End a membership. The member's sessions and tokens are refused from the next request on; their work stays."""
    with act(by, MEMBER_CHANGED, Can.MANAGE_USERS) as telling:
        member = _held(member)
        check_within(by, member.role)
        _keep_an_administrator(member)
        member.active = False
        member.save(update_fields=["active"])
        Token.objects.filter(membership=member).delete()
        show_by_default_no_more("users", member.user_id)
        telling.say(name=str(member), ended=True)


def show_by_default_no_more(kind: str, pk: int) -> None:
    """Remove a user (``kind="users"``) or a team (``"teams"``) from the members' default visibility.

    It would otherwise be refused each time such a member adds a record. A default that names nobody any more becomes
    "creator only".
    """
    for member in Membership.objects.select_for_update(no_key=True).exclude(default_visibility=None).order_by("pk"):
        kept = member.default_visibility or {}
        if pk in kept.get(kind, ()):
            kept[kind].remove(pk)
            kept["mode"] = kept["mode"] if kept["users"] or kept["teams"] else "creator"
            member.save(update_fields=["default_visibility"])


def tell_preview(by: Actor, member: Membership) -> None:
    """Record that ``by`` starts to preview the account as ``member`` (X12).

    Raises ``PermissionDenied``, also if the member has a permission that ``by`` lacks.
    """
    with act(by, PREVIEWED, Can.PREVIEW) as telling:
        if not may_preview(by, member):
            raise PermissionDenied
        telling.say(name=str(member))


def within(by: Actor, role: Role) -> bool:
    """Return whether ``by`` has every permission of a role, and so may give it to others and take it from them."""
    return role.grants() <= by.permissions


def check_within(by: Actor, role: Role) -> None:
    """Refuse a role with a permission that ``by`` lacks: whoever manages users could otherwise make themselves
    administrator.
    """
    if role.account_id != by.account.pk:
        refuse("role", "role_unknown")
    if not within(by, role):
        refuse("role", "beyond")


def _held(member: Membership) -> Membership:
    """Lock all active members and return this one as it is now.

    The lock keeps two administrators from removing each other's role at the same time.
    """
    members = Membership.objects.select_for_update(of=("self",)).select_related("user", "role", "account")
    held = {member.pk: member for member in members.filter(active=True).order_by("pk")}
    if member.pk not in held:
        refuse("", "member_ended")
    return held[member.pk]


def _keep_an_administrator(member: Membership) -> None:
    if member.role.code != ADMINISTRATOR or not member.user.is_active:
        return
    others = Membership.objects.filter(PRESENT, role__code=ADMINISTRATOR)
    if not others.exclude(pk=member.pk).exists():
        refuse("role", "last_administrator", name=str(member))
