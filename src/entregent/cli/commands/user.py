"""``entregent user …``: creates, lists and disables users."""

import sys
from dataclasses import astuple

import click
from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from django.db import transaction

from entregent.accounts.actor import Actor
from entregent.accounts.audit import record
from entregent.accounts.models import Account, Membership, SecurityEvent, User
from entregent.accounts.opening import add_member
from entregent.accounts.permissions import BUILT_IN, Can
from entregent.accounts.scope import inside
from entregent.actions.members.handing import left_by
from entregent.cli.language import _
from entregent.cli.people import account_named, account_option, json_option, show, user_named


@click.group(help=_("Users: people who sign in, to one account or several."))
def user() -> None:
    """The ``user`` command group."""


@user.command(help=_("Create a user, or add an existing one to another account."))
@click.argument("email")
@account_option()
@click.option("--role", type=click.Choice(list(BUILT_IN)), default="collaborator", show_default=True)
@click.option("--first-name", default="")
@click.option("--last-name", default="")
@click.option("--password-stdin", is_flag=True, help=_("Read the password from standard input."))
@json_option()
def create(
    email: str, slug: str, role: str, first_name: str, last_name: str, password_stdin: bool, as_json: bool
) -> None:
    """Create a user or add one to an account. Without a password, they set theirs by «Mot de passe oublié»."""
    place = account_named(slug)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    with transaction.atomic():
        someone = User.objects.filter(email=email.strip().lower()).first()
        if someone is None:
            someone = _new(email, password, first_name, last_name, place)
        elif password:
            raise click.ClickException(_("%(email)s already exists; their password is unchanged.") % {"email": email})
        membership = add_member(place, someone, role)
    show([_row(someone, place.slug, membership)], as_json)


def _new(email: str, password: str | None, first_name: str, last_name: str, place: Account) -> User:
    validate_email(email.strip())
    if password is not None:
        someone = User(email=email, first_name=first_name, last_name=last_name)
        someone.joining = (place,)  # type: ignore[attr-defined]  # see passwords.py
        validate_password(password, someone)
    return User.objects.create_user(email, password, first_name=first_name, last_name=last_name)


@user.command("list", help=_("List all users, or those of an account with their roles."))
@account_option(required=False)
@json_option()
def list_users(slug: str | None, as_json: bool) -> None:
    if slug is None:
        show([_row(each) for each in User.objects.order_by("email")], as_json)
        return
    place = account_named(slug)
    with inside(place):
        members = Membership.objects.select_related("user", "role").order_by("user__email")
        show([_row(member.user, place.slug, member) for member in members], as_json)


@user.command(help=_("Prevent a user from signing in, everywhere and immediately; their work is kept."))
@click.argument("email")
def disable(email: str) -> None:
    someone = user_named(email)
    User.objects.filter(pk=someone.pk).update(is_active=False)
    record(SecurityEvent.Kind.DISABLED, someone)
    click.echo(_("%(email)s can no longer sign in.") % {"email": someone.email})
    for place in Account.objects.order_by("slug"):
        with inside(place):
            left = _left(place, someone)
        if left:
            said = _("%(account)s: an administrator can hand over what they leave (%(count)d) in Settings → Users.")
            click.echo(said % {"account": place.slug, "count": left})


def _left(place: Account, someone: User) -> int:
    """Return how many records, lists and views someone leaves behind in an account."""
    if not Membership.objects.filter(user=someone).exists():
        return 0
    system = Actor.system(place, "entregent", Can.MANAGE_USERS)
    return sum(astuple(left_by(system, [someone.pk])[someone.pk]))


def _row(someone: User, slug: str = "", membership: Membership | None = None) -> dict[str, object]:
    row: dict[str, object] = {
        "email": someone.email,
        "name": someone.get_full_name(),
        "active": someone.is_active and (membership is None or membership.active),
    }
    if membership is not None:
        row |= {"account": slug, "role": membership.role.code or membership.role.name}
    return row
