from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "entregent.accounts"
    label = "accounts"

    def ready(self) -> None:
        from .audit import listen  # noqa: PLC0415  models are ready only now

        listen()
