from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "entregent.web.sign_in"
    label = "web_sign_in"
