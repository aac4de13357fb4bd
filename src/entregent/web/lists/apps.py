from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "entregent.web.lists"
    label = "web_lists"
