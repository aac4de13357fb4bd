from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "entregent.web.changes"
    label = "web_changes"
