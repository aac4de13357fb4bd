"""``entregent run``: migrates, serves and works in one command, the simplest way to run the program."""

import os
import socket
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
from .serve import server_command


def _refuse_taken_port() -> None:
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    try:
        socket.create_server((settings.HOST, settings.PORT), family=family).close()
    except OSError as error:
        raise click.ClickException(
            _("%(host)s:%(port)s can't be opened (%(reason)s). Another port: PORT=8123 entregent run")
            % {"host": settings.HOST, "port": settings.PORT, "reason": os.strerror(error.errno or 0)}
        ) from error


def _is_open() -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104
    try:
        socket.create_connection((host, settings.PORT), timeout=0.2).close()
    except OSError:
        return False
    return True


def _demo_exists() -> bool:
    return Account.objects.filter(slug=DEMO).exists()


def _announce() -> None:
    click.echo(_("Entregent is open: %(url)s/") % {"url": settings.BASE_URL})
    if _demo_exists():
        tell_sign_ins()
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        click.echo(_("Mails are written to: %(folder)s") % {"folder": folder})
    click.echo(_("Press Ctrl+C to stop."))


def _tell_restart(code: int) -> None:
    click.echo(
        _("The background worker ended (code %(code)s); a new one continues its work.") % {"code": code}, err=True
    )


@click.command(help=_("Migrate, serve the pages and run background jobs, until Ctrl+C."))
@click.option("--demo", "with_demo", is_flag=True, help=_("Create the demo account first, unless it exists."))
def run(with_demo: bool) -> None:
    _refuse_taken_port()
    bring_up_to_date()
    collect()
    if with_demo and not is_refused() and not _demo_exists():
        click.echo(_("Creating the demo account…"))
        fill()
    worker = [sys.executable, "-m", "entregent.cli", "work"]
    sys.exit(run_together(server_command(), worker, _is_open, _announce, _tell_restart))
