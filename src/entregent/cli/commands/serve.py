"""``entregent serve``: the web server alone."""

import os
import sys

import click
from django.conf import settings

from entregent.cli.language import _
from entregent.cli.static import collect

THREADS = 4
"""Python threads a server process, under the eight connections of its database pool."""


def server_command() -> list[str]:
    """The command line of granian, which then runs without Django in its own first process."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"),
        *("--host", settings.HOST, "--port", str(settings.PORT), "--workers", str(settings.WORKERS)),
        # granian 2.8 now and then waits for ever for an idle thread when it stops: three seconds are enough.
        *("--blocking-threads", str(THREADS), "--workers-kill-timeout", "3"),
        "entregent.config.wsgi:application",
    ]


@click.command(help=_("Serve the pages, at HOST and PORT, with ENTREGENT_WORKERS processes."))
def serve() -> None:
    collect()
    command = server_command()
    os.execv(command[0], command)  # noqa: S606 - our own fixed command
