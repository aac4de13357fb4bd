"""The Django app of long runs."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """The app of long runs."""

    name = "entregent.runs"
    label = "runs"
