from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    name = "entregent.directory"
    label = "directory"

    def ready(self) -> None:
        from . import items  # noqa: F401, PLC0415  it furnishes accounts that are opened
        from .search_index import ensure_index  # noqa: PLC0415  models are ready only now
        from .statistics import after_migrating  # noqa: PLC0415

        post_migrate.connect(ensure_index, sender=self)
        post_migrate.connect(after_migrating, sender=self)
