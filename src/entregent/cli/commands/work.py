"""``entregent work``: the background worker alone."""

from threading import Event

import click

from entregent.accounts import jobs

from ..language import _
from ..processes import on_stop_signal


@click.command(help=_("Do the background work: imports, mails, clean-up."))
def work() -> None:
    stop = Event()
    on_stop_signal(stop.set)
    jobs.work(stop)
