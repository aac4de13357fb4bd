"""A text column that sorts by its bytes on every database."""

from django.db import models


class BytewiseCharField(models.CharField):
    """Compared byte by byte: PostgreSQL would else use the server's locale, SQLite has nothing else.

    Keys made by ``kernel.text.sort_key`` carry the language's order in their bytes (std F4).
    """

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters
