"""Column types that behave the same on every database."""

from django.db import models


class BytewiseCharField(models.CharField):
    """A text column compared byte by byte on every database.

    PostgreSQL would otherwise use the server's locale; SQLite compares bytes anyway. Keys made by
    ``kernel.text.sort_key`` encode the language's order in their bytes (std F4).
    """

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters
