"""``entregent token …``: creates API tokens."""

import click
from django.utils import timezone

from entregent.accounts.scope import inside
from entregent.actions.members.tokens import create_token
from entregent.cli.language import _
from entregent.cli.people import account_option, actor_named, json_option, show, user_option


@click.group(help=_("Tokens: keys for programs to use the API on a user's behalf."))
def token() -> None:
    """The ``token`` command group."""


@token.command(help=_("Create a token and print it once: it is not stored."))
@account_option()
@user_option()
@click.option("--name", help=_("What it is for."))
@click.option(
    "--days", type=click.IntRange(1, 3650), help=_("How many days it works; without it, until it is revoked.")
)
@json_option()
def create(slug: str, email: str, name: str | None, days: int | None, as_json: bool) -> None:
    by = actor_named(slug, email)
    with inside(by.account):
        made, secret = create_token(
            by, name or f"entregent token create {timezone.localtime():%Y-%m-%d %H:%M:%S}", days
        )
    if as_json:
        show([{"token": secret, "name": made.name, "account": slug, "user": email}], as_json)
    else:
        click.echo(secret)
