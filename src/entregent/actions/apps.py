from django.apps import AppConfig

from entregent.accounts.discovery import discover


class ActionsConfig(AppConfig):
    name = "entregent.actions"
    label = "actions"

    def ready(self) -> None:
        """Import what rooms register, at any depth: tools (``tools.py``), what takes deeds back (``undoing.py``),
        what the worker does (``jobs.py``, ``chores.py``).
        """
        discover("tools", "undoing", "jobs", "chores")
