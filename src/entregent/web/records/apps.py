from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "entregent.web.records"
    label = "web_records"
