from django.apps import AppConfig


class BinConfig(AppConfig):
    name = "entregent.web.bin"
    label = "web_bin"
