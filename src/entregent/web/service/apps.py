from django.apps import AppConfig


class ServiceConfig(AppConfig):
    name = "entregent.web.service"
    label = "web_service"
