"""The shell as a Django application."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Templates, tags and static files; no models."""

    name = "entregent.shell"
    label = "shell"
