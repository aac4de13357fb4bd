from django.apps import AppConfig

from entregent.accounts.discovery import discover


class ActionsConfig(AppConfig):
    name = "entregent.actions"
    label = "actions"

    def ready(self) -> None:
        """Import what rooms register, at any depth: deeds (``deeds.py``), what takes them back (``undoing.py``),
        tools (``tools.py``), what the worker does (``jobs.py``, ``chores.py``).
        """
        discover("deeds", "undoing", "tools", "jobs", "chores")
