"""``entregent work``: runs the background worker only."""

from threading import Event

import click

from entregent.accounts import jobs
from entregent.cli.language import _
from entregent.cli.processes import on_stop_signal

from .migrate import refuse_unusable


@click.command(help=_("Run background jobs: imports, mails, clean-up."))
def work() -> None:
    refuse_unusable()
    stop = Event()
    on_stop_signal(stop.set)
    jobs.work(stop)
