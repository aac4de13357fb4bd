"""``entregent run``: migrates, serves and works in one command, the simplest way to run the program."""

import sys

import click
from django.conf import settings

from entregent.accounts.models import Account
from entregent.cli.language import _
from entregent.cli.processes import run_together
from entregent.cli.static import collect
from entregent.demo.accounts import DEMO

from .demo import fill, is_refused, tell_sign_ins
from .migrate import bring_up_to_date
from .serve import announce, give_up_if, is_open, refuse_taken_port, server_command, tell_death


def _demo_exists() -> bool:
    return Account.objects.filter(slug=DEMO).exists()


def _announce() -> None:
    announce()
    if _demo_exists():
        tell_sign_ins()
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        click.echo(_("Mails are written to: %(folder)s") % {"folder": folder})
    click.echo(_("Press Ctrl+C to stop."))


@click.command(help=_("Migrate, serve the pages and run background jobs, until Ctrl+C."))
@click.option("--demo", "with_demo", is_flag=True, help=_("Create the demo account first, unless it exists."))
def run(with_demo: bool) -> None:
    refuse_taken_port()
    bring_up_to_date()
    collect()
    if with_demo and not is_refused() and not _demo_exists():
        click.echo(_("Creating the demo account…"))
        fill()
    worker = [sys.executable, "-m", "entregent.cli", "work"]
    give_up_if(run_together(server_command(), worker, is_open, _announce, tell_death))
