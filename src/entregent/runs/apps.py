"""The Django app of long runs."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "entregent.runs"
    label = "runs"
