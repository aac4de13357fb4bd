"""``entregent migrate``"""

import click
from django.core.management import call_command

from entregent.cli.language import _


def bring_up_to_date(verbosity: int) -> None:
    """Migrate the database and make the table of the shared cache; both do nothing when already done."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)


@click.command(help=_("Bring the database up to date."))
def migrate() -> None:
    bring_up_to_date(verbosity=1)
