"""Error handling of commands: one clear sentence, and exit code 1, or 2 for incorrect usage."""

from typing import Any

import click
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.management import CommandError
from django.db import OperationalError

from entregent.directory.messages import Invalid

from .language import _


class ClearGroup(click.Group):
    """A command group that turns the exceptions of actions into messages; only unexpected ones show a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PermissionDenied as error:
            raise click.ClickException(_("This user isn't allowed to do that.")) from error
        except ValidationError as error:
            raise click.ClickException(" ".join(error.messages)) from error
        except Invalid as error:
            raise click.ClickException(" ".join(problem.message for problem in error.problems)) from error
        except OperationalError as error:
            reason = str(error).strip().splitlines()[0]
            raise click.ClickException(_("The database says: %(reason)s") % {"reason": reason}) from error
        except (CommandError, ObjectDoesNotExist, OSError) as error:
            raise click.ClickException(str(error)) from error
