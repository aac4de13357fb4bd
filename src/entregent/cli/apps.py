"""The Django app of the command line."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """The app of the command line."""

    name = "entregent.cli"
    label = "cli"
