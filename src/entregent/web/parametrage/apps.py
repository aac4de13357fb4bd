from django.apps import AppConfig


class ParametrageConfig(AppConfig):
    name = "entregent.web.parametrage"
    label = "web_parametrage"
