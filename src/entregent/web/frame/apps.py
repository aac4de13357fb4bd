from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "entregent.web.frame"
    label = "web_frame"
