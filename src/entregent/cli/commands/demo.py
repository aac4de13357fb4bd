"""``entregent demo``: creates fictitious data to explore the program with."""

from urllib.parse import urlsplit

import click
from django.conf import settings

from entregent.cli.language import _, ngettext
from entregent.cli.progress import progress
from entregent.demo import accounts, building


def is_refused() -> bool:
    """Return whether others can reach the program; the demo is refused then, as its passwords are public."""
    return not accounts.is_private(urlsplit(settings.BASE_URL).hostname)


def tell_sign_ins() -> None:
    """Print the demo's sign-in addresses, users and password."""
    click.echo(_("To sign in, with the password %(password)s:") % {"password": accounts.PASSWORD})
    for account, email, role in accounts.sign_ins():
        click.echo(f"  {settings.BASE_URL}/{account}/  {email}  ({role})")


def fill(contacts: int = building.CONTACTS) -> None:
    """Create what is missing of the demo, with a progress bar."""
    with progress(_("Contacts"), contacts) as advance:
        added = building.build(contacts, advance)
    click.echo(ngettext("%(count)s contact added.", "%(count)s contacts added.", added) % {"count": added})


@click.command(help=_("Create the demo account, its users and its data; if run again, only what is missing."))
@click.option("--contacts", default=building.CONTACTS, type=click.IntRange(0), show_default=True, help=_("How many."))
@click.option("--reset", is_flag=True, help=_("Delete the demo accounts first, with everything changed in them."))
@click.option("--force", is_flag=True, help=_("Even if others can reach the program: the passwords are public."))
def demo(contacts: int, reset: bool, force: bool) -> None:
    if is_refused() and not force:
        raise click.ClickException(
            _("Others may be able to reach %(url)s, and the demo's passwords are public. To do it anyway: --force")
            % {"url": settings.BASE_URL}
        )
    if reset:
        accounts.close_demo()
    fill(contacts)
    tell_sign_ins()
