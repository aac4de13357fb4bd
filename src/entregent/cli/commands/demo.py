"""``entregent demo``: made-up data to look around in."""

from urllib.parse import urlsplit

import click
from django.conf import settings

from entregent.cli.language import _, ngettext
from entregent.cli.progress import progress
from entregent.demo import accounts, building


def is_refused() -> bool:
    """Whether others may reach the program, while all know the demo's passwords."""
    return not accounts.is_private(urlsplit(settings.BASE_URL).hostname)


def tell_sign_ins() -> None:
    """Print who may sign in to the demo, where, and with which password."""
    click.echo(_("To sign in, with the password %(password)s:") % {"password": accounts.PASSWORD})
    for account, email, role in accounts.sign_ins():
        click.echo(f"  {settings.BASE_URL}/{account}/  {email}  ({role})")


def fill(contacts: int = building.CONTACTS) -> None:
    """Make what is missing of the demo, with a progress bar."""
    with progress(_("Contacts"), contacts) as advance:
        added = building.build(contacts, advance)
    click.echo(ngettext("%(count)s contact added.", "%(count)s contacts added.", added) % {"count": added})


@click.command(help=_("Make the demo account, its users and its data; again, only what is missing."))
@click.option("--contacts", default=building.CONTACTS, type=click.IntRange(0), show_default=True, help=_("How many."))
@click.option("--reset", is_flag=True, help=_("Delete the demo accounts first, with all that was changed in them."))
@click.option("--force", is_flag=True, help=_("Even where others reach the program: the passwords are known to all."))
def demo(contacts: int, reset: bool, force: bool) -> None:
    if is_refused() and not force:
        raise click.ClickException(
            _("Others may reach %(url)s, and all know the demo's passwords. To do it all the same: --force")
            % {"url": settings.BASE_URL}
        )
    if reset:
        accounts.close_demo()
    fill(contacts)
    tell_sign_ins()
