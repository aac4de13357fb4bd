from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "entregent.web.imports"
    label = "web_imports"
