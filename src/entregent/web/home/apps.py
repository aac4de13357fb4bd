from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "entregent.web.home"
    label = "web_home"
