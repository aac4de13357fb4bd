"""Tells a database of another program from one of Entregent, for every command."""

import click
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from .language import _


def refuse_foreign() -> bool:
    """Raise ``ClickException`` if the database holds another program's tables; return whether it holds ours."""
    recorder = MigrationRecorder(connection)
    ours = {name.rpartition(".")[2] for name in settings.ROOMS}
    if any(app in ours for app, _migration in recorder.applied_migrations()):
        return True
    known = {*connection.introspection.django_table_names(), recorder.Migration._meta.db_table}
    if foreign := sorted(set(connection.introspection.table_names()) - known):
        raise click.ClickException(
            _(
                "The database %(name)s belongs to another program (it holds %(table)s). Nothing was changed. "
                "Name an empty one in ENTREGENT_DATABASE_URL."
            )
            % {"name": connection.settings_dict["NAME"], "table": foreign[0]}
        )
    return False
