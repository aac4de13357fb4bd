from django.apps import AppConfig

from .discovery import discover


class AccountsConfig(AppConfig):
    name = "entregent.accounts"
    label = "accounts"

    def ready(self) -> None:
        discover("audit")
        discover("resetting")
