from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "entregent.journal"
    label = "journal"
