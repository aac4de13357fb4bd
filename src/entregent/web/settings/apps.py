from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "entregent.web.settings"
    label = "web_settings"
