from django.apps import AppConfig


class ToolboxConfig(AppConfig):
    name = "entregent.web.toolbox"
    label = "web_toolbox"
