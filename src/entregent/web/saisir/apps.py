from django.apps import AppConfig


class SaisirConfig(AppConfig):
    name = "entregent.web.saisir"
    label = "web_saisir"
