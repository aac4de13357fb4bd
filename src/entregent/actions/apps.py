from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ActionsConfig(AppConfig):
    name = "entregent.actions"
    label = "actions"

    def ready(self) -> None:
        """Each room's ``tools.py`` puts its tools in the box, as the Django admin does; its ``jobs.py`` and
        ``chores.py`` say what the worker does for it.
        """
        autodiscover_modules("tools", "jobs", "chores")
