from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "entregent.web"
    label = "web"
