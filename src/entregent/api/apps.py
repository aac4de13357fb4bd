"""The Django app of the REST API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app of the REST API."""

    name = "entregent.api"
    label = "api"
