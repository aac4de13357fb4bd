"""The Django app of the directory."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from entregent.accounts.discovery import discover


class DirectoryConfig(AppConfig):
    """The app of the directory."""

    name = "entregent.directory"
    label = "directory"

    def ready(self) -> None:
        """Import the modules that register things, and maintain the text index and statistics after migrations."""
        from entregent.accounts.statistics import after_migrating  # noqa: PLC0415  models are not loaded before this

        from .items import register  # noqa: F401, PLC0415  creates the first contents of new accounts
        from .selections.search import INDEX  # noqa: PLC0415

        discover("conditions")
        post_migrate.connect(lambda using="default", **_signal: INDEX.ensure(using), sender=self, weak=False)
        post_migrate.connect(after_migrating, sender=self)
