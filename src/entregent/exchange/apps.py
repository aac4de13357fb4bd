"""The exchange room as a Django app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The app of imports, exports and syncs."""

    name = "entregent.exchange"
    label = "exchange"
