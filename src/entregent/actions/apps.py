from django.apps import AppConfig

from entregent.accounts.discovery import discover


class ActionsConfig(AppConfig):
    name = "entregent.actions"
    label = "actions"

    def ready(self) -> None:
        """Import what rooms put in the toolbox (``tools.py``) and what the worker does for them (``jobs.py``,
        ``chores.py``), at any depth.
        """
        discover("tools", "jobs", "chores")
