"""The Django app of the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The app of the journal."""

    name = "entregent.journal"
    label = "journal"
