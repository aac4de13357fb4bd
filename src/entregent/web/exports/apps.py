from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "entregent.web.exports"
    label = "web_exports"
