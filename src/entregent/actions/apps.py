"""The Django app of actions."""

from django.apps import AppConfig

from entregent.accounts.discovery import discover


class ActionsConfig(AppConfig):
    """The app of actions."""

    name = "entregent.actions"
    label = "actions"

    def ready(self) -> None:
        """Import the modules that register things, at any depth of the rooms.

        They are named ``deeds.py``, ``tools.py``, ``jobs.py`` and ``chores.py``.
        """
        discover("deeds", "tools", "jobs", "chores")
