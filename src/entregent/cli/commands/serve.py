"""``entregent serve``: runs the web server only."""

import os
import socket
import sys

import click
from django.conf import settings

from entregent.cli.language import _
from entregent.cli.processes import run_together
from entregent.cli.static import collect

from .migrate import refuse_unusable

THREADS = 4
"""Python threads per server process, fewer than the eight connections of its database pool."""


def server_command() -> list[str]:
    """Return granian's command line; its parent process then runs without Django."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"),
        *("--host", settings.HOST, "--port", str(settings.PORT), "--workers", str(settings.WORKERS)),
        # One process that dies is replaced by granian, while the others go on answering.
        *("--blocking-threads", str(THREADS), "--respawn-failed-workers"),
        # granian 2.8 sometimes waits forever for an idle thread when stopping: limit that to three seconds.
        *("--workers-kill-timeout", "3"),
        *("--factory", "entregent.config.wsgi:served"),
    ]


def refuse_taken_port() -> None:
    """Raise ``ClickException`` if the port can't be opened: granian would silently share it with another."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    try:
        socket.create_server((settings.HOST, settings.PORT), family=family).close()
    except OSError as error:
        raise click.ClickException(
            _("%(host)s:%(port)s can't be opened (%(reason)s). Another port: PORT=8123 entregent %(command)s")
            % {
                "host": settings.HOST,
                "port": settings.PORT,
                "reason": os.strerror(error.errno or 0),
                "command": click.get_current_context().info_name,
            }
        ) from error


def is_open() -> bool:
    """Return whether connections to the port are accepted."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104
    try:
        socket.create_connection((host, settings.PORT), timeout=0.2).close()
    except OSError:
        return False
    return True


def announce() -> None:
    """Print where the pages are."""
    click.echo(_("Entregent is open: %(url)s/") % {"url": settings.BASE_URL})


def tell_death(name: str, code: int) -> None:
    """Print that the server or the worker ended, and what happens next."""
    texts = {
        "server": _("The web server ended (code %(code)s); it is being started again."),
        "worker": _("The background worker ended (code %(code)s); a new one continues its work."),
    }
    click.echo(texts[name] % {"code": code}, err=True)


def give_up_if(code: int) -> None:
    """End the command with this exit code, and say why if it isn't 0."""
    if code:
        click.echo(_("The web server does not start: the lines above say why. Everything is stopped."), err=True)
    sys.exit(code)


@click.command(help=_("Serve the pages on HOST and PORT, with ENTREGENT_WORKERS processes."))
def serve() -> None:
    refuse_taken_port()
    refuse_unusable()
    collect()
    give_up_if(run_together(server_command(), None, is_open, announce, tell_death))
