"""``entregent account …``: opens and lists accounts."""

import click

from entregent.accounts.models import Account
from entregent.accounts.models.accounts import REFERENCE_SLUG
from entregent.accounts.opening import open_account, open_reference
from entregent.cli.language import _
from entregent.cli.people import json_option, show


@click.group(help=_("Accounts: each is a client organisation whose data no other account sees."))
def account() -> None:
    """The ``account`` command group."""


@account.command(help=_("Open an account."))
@click.argument("slug")
@click.option("--name", required=True, help=_("Its display name."))
@click.option("--country", default="FR", show_default=True, help=_("ISO code: how phones and addresses are read."))
@click.option("--timezone", default="Europe/Paris", show_default=True)
@click.option("--reference", is_flag=True, help=_("The shared directory, read by every account, at /service/."))
@json_option()
def create(slug: str, name: str, country: str, timezone: str, reference: bool, as_json: bool) -> None:
    if reference:
        if slug != REFERENCE_SLUG:
            raise click.ClickException(_("The shared directory's address is %(slug)s.") % {"slug": REFERENCE_SLUG})
        made = open_reference(name, country=country.upper(), timezone=timezone)
    else:
        made = open_account(slug, name, country=country.upper(), timezone=timezone)
    show([_row(made)], as_json)


@account.command("list", help=_("List the accounts."))
@json_option()
def list_accounts(as_json: bool) -> None:
    show([_row(each) for each in Account.objects.order_by("slug")], as_json)


def _row(each: Account) -> dict[str, str]:
    return {"slug": each.slug, "name": each.name, "country": each.country, "timezone": each.timezone}
