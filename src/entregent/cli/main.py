"""The ``entregent`` command: registers the command groups, one per file in ``commands/``."""

import click

from entregent import __version__

from . import language  # noqa: F401  first: sets up Django for the models that commands import
from .commands import account, action, demo, export, importing, migrate, reference, run, serve, token, user, work
from .errors import ClearGroup
from .language import _


@click.group(
    cls=ClearGroup,
    help=_("Entregent, a contact manager for organisations that work in French."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="entregent", message="%(prog)s %(version)s")
def main() -> None:
    """Entry point of the ``entregent`` script."""


for command in (
    run.run,
    serve.serve,
    work.work,
    migrate.migrate,
    demo.demo,
    account.account,
    user.user,
    token.token,
    importing.import_file,
    export.export,
    reference.reference,
    action.action,
):
    main.add_command(command)
