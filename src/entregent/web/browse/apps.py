from django.apps import AppConfig


class BrowseConfig(AppConfig):
    name = "entregent.web.browse"
    label = "web_browse"
