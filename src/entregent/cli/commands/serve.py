"""``entregent serve``: runs the web server only."""

import os
import sys

import click
from django.conf import settings

from entregent.cli.language import _
from entregent.cli.static import collect

THREADS = 4
"""Python threads per server process, fewer than the eight connections of its database pool."""


def server_command() -> list[str]:
    """Return granian's command line; its parent process then runs without Django."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"),
        *("--host", settings.HOST, "--port", str(settings.PORT), "--workers", str(settings.WORKERS)),
        # granian 2.8 sometimes waits forever for an idle thread when stopping: limit that to three seconds.
        *("--blocking-threads", str(THREADS), "--workers-kill-timeout", "3"),
        "entregent.config.wsgi:application",
    ]


@click.command(help=_("Serve the pages on HOST and PORT, with ENTREGENT_WORKERS processes."))
def serve() -> None:
    collect()
    command = server_command()
    os.execv(command[0], command)  # noqa: S606 - our own fixed command
