from django.apps import AppConfig


class InfoboxConfig(AppConfig):
    name = "entregent.web.infobox"
    label = "web_infobox"
