"""The room of long runs as a Django app."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "entregent.runs"
    label = "runs"
