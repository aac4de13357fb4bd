"""Options and look-ups for accounts, users and members; output of rows."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from entregent.accounts.actor import Actor, Door, actor_in
from entregent.accounts.models import Account, User
from entregent.accounts.scope import inside

from .language import _

Decorator = Callable[[Callable], Callable]


def account_option(required: bool = True) -> Decorator:
    """Add the option ``--account SLUG``."""
    return click.option(
        "--account", "slug", required=required, metavar="SLUG", help=_("The account's address (slug).")
    )


def user_option() -> Decorator:
    """Add the required option ``--user EMAIL``."""
    return click.option("--user", "email", required=True, metavar="EMAIL", help=_("The user's e-mail address."))


def json_option() -> Decorator:
    """Add the flag ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print the result as JSON."))


def acting(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options ``--account`` and ``--user``; run the command inside the account, as this user (``by``)."""

    @account_option()
    @user_option()
    @wraps(command)
    def run(slug: str, email: str, **options: Any) -> None:
        by = actor_named(slug, email)
        with inside(by.account):
            command(by, **options)

    return run


def account_named(slug: str) -> Account:
    """Return the account with this slug. Raises ``ClickException``."""
    account = Account.objects.filter(slug=slug).first()
    if account is None:
        raise click.ClickException(_("There is no account %(slug)s.") % {"slug": slug})
    return account


def user_named(email: str) -> User:
    """Return the user with this e-mail address. Raises ``ClickException``."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise click.ClickException(_("There is no user %(email)s.") % {"email": email})
    return user


def actor_named(slug: str, email: str) -> Actor:
    """Return the actor for an active member of the account. Raises ``ClickException``."""
    by = actor_in(account_named(slug).slug, user_named(email).pk, Door.COMMAND)
    if by is None:
        raise click.ClickException(
            _("%(user)s is not an active member of the account %(account)s.") % {"user": email, "account": slug}
        )
    return by


def show(rows: Sequence[dict[str, Any]], as_json: bool) -> None:
    """Print rows with tab-separated values, or as JSON."""
    if as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False))
        return
    for row in rows:
        click.echo("\t".join(str(value) for value in row.values()))


def show_one(result: dict[str, Any], as_json: bool, lines: Sequence[str]) -> None:
    """Print the result of a command: ``lines``, or ``result`` as a JSON object."""
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else "\n".join(lines))
