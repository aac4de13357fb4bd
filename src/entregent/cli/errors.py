"""Error handling of commands: one clear sentence, and exit code 1, or 2 for incorrect usage."""

from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.management import CommandError
from django.db import DatabaseError, IntegrityError, connection

from entregent.directory.messages import Invalid
from entregent.store.trouble import Trouble, trouble_of

from .foreign import refuse_foreign
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
        except IntegrityError:
            raise
        except (CommandError, ObjectDoesNotExist, OSError, DatabaseError) as error:
            if trouble_of(error) is Trouble.OUTDATED:
                refuse_foreign()
            raise click.ClickException(in_words(error)) from error


def in_words(error: Exception) -> str:
    """Return what is wrong with the database or the disk, and what to do about it; else what the error says."""
    reason = str(error).strip().partition("\n")[0]
    trouble = trouble_of(error)
    if trouble is not None:
        copies = Path(settings.DATA) / "backups"
        return _texts()[trouble] % {"name": connection.settings_dict["NAME"], "reason": reason, "copies": copies}
    if isinstance(error, DatabaseError):
        return _("The database says: %(reason)s") % {"reason": reason}
    return str(error)


def _texts() -> dict[Trouble, str]:
    return {
        Trouble.FULL: _("The disk is full. Nothing of this was saved: free some space and try again."),
        Trouble.READ_ONLY: _(
            "The database %(name)s can't be written to. Check the rights on the file, on its folder and on the disk."
        ),
        Trouble.DAMAGED: _(
            "The database %(name)s is damaged (%(reason)s). Stop the program, keep a copy of the file for whoever "
            "can repair it, and put back your last backup; copies from before each migration are in %(copies)s."
        ),
        Trouble.NO_DATABASE: _(
            "%(name)s is not a database of Entregent: check ENTREGENT_DATABASE_URL. If it was one, put back your "
            "last backup; copies from before each migration are in %(copies)s."
        ),
        Trouble.OUTDATED: _("The database %(name)s is not up to date (%(reason)s). Run: entregent migrate"),
        Trouble.BUSY: _("The database is busy with other work (%(reason)s). Try again in a moment."),
        Trouble.UNREACHABLE: _(
            "The database can't be opened (%(reason)s). Check that it is there, that its server runs, and "
            "ENTREGENT_DATABASE_URL."
        ),
    }
