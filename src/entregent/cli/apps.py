from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "entregent.cli"
    label = "cli"
