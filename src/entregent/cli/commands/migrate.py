"""``entregent migrate``: brings the database up to date."""

import shutil
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from entregent.cli.foreign import refuse_foreign
from entregent.cli.language import _, ngettext
from entregent.cli.progress import progress
from entregent.store import copies

BACKUP_FOLDER = "backups"
COPIES_KEPT = 3
"""Number of copies kept from before migrations, the newest ones."""
COPY_PREFIX = "before-migration-"


def bring_up_to_date(copy: bool = True) -> int:
    """Migrate the database and create the table of the shared cache; return how many migrations were applied.

    A SQLite database that is not empty is copied first, unless ``copy`` is False. Each migration is one transaction,
    so an interrupted one leaves nothing half done: the next call resumes there.
    """
    refuse_foreign()
    executor = MigrationExecutor(connection)
    waiting = [migration for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if waiting:
        if copy and executor.loader.applied_migrations:
            _keep_a_copy(Path(settings.DATA) / BACKUP_FOLDER)
        _apply(waiting)
    call_command("migrate", interactive=False, verbosity=0)  # post_migrate updates indexes and statistics
    call_command("createcachetable", verbosity=0)
    return len(waiting)


def refuse_unusable() -> None:
    """Raise ``ClickException`` if the database was never migrated, or belongs to another program.

    One that can't be read at all raises ``DatabaseError``.
    """
    if not refuse_foreign():
        raise click.ClickException(
            _("The database %(name)s is empty. Run: entregent migrate") % {"name": connection.settings_dict["NAME"]}
        )


def _apply(waiting: list[Migration]) -> None:
    """Apply the migrations one by one, with a progress bar."""
    with progress(_("Migrations"), len(waiting)) as advance:

        def tell(action: str, *_about: object) -> None:
            if action == "apply_success":
                advance(1)

        executor = MigrationExecutor(connection, tell)
        executor.migrate(executor.loader.graph.leaf_nodes())


def _keep_a_copy(folder: Path) -> None:
    """Copy the database into ``folder`` and print where. Raises ``ClickException`` if that is not possible.

    Only a SQLite database can be copied; for another, print that it is not.
    """
    if not copies.is_one_file():
        click.echo(_("A PostgreSQL database is not copied: use pg_dump before a migration."), err=True)
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    needed, free = copies.size(), shutil.disk_usage(folder).free
    if free < needed * 1.1:
        raise click.ClickException(
            _(
                "The database is copied before a migration, and there is not enough space in %(folder)s: the copy "
                "takes %(needed)s MB, %(free)s MB are free. Nothing was changed. Free some space, or use --no-copy."
            )
            % {"folder": folder, "needed": needed // 1_000_000 + 1, "free": free // 1_000_000}
        )
    target = folder / f"{COPY_PREFIX}{datetime.now():%Y-%m-%d-%H%M%S}.sqlite3"
    try:
        with progress(_("Copy of the database"), 100) as advance:
            copies.copy_to(target, advance)
    except OSError as error:
        raise click.ClickException(
            _("The database could not be copied to %(file)s (%(reason)s). Nothing was changed.")
            % {"file": target, "reason": error}
        ) from error
    click.echo(_("Copy of the database before the migration: %(file)s") % {"file": target}, err=True)
    for old in sorted(folder.glob(f"{COPY_PREFIX}*.sqlite3"))[:-COPIES_KEPT]:
        old.unlink()


@click.command(help=_("Bring the database up to date; a SQLite database is copied first."))
@click.option("--no-copy", is_flag=True, help=_("Don't keep a copy of a SQLite database."))
def migrate(no_copy: bool) -> None:
    applied = bring_up_to_date(copy=not no_copy)
    if applied:
        click.echo(
            ngettext("%(count)s migration applied.", "%(count)s migrations applied.", applied) % {"count": applied}
        )
    else:
        click.echo(_("The database is up to date."))
