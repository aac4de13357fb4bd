"""The shell as a Django application."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The look: templates, tags and static files, no model."""

    name = "entregent.shell"
    label = "shell"
