"""``column__among=values``: as ``in``, for hundreds of values at once.

They travel as one parameter, which costs a tenth of what Django spends on a parameter for each, meets no limit
(SQLite's is on the number of parameters), and lets the database keep the statement.
"""

import json

from django.db import models
from django.db.models import Lookup


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class Among(Lookup):
    """Takes any collection of plain values, or a JSON array; on columns of the model itself; of foreign
    keys the ids."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, list(self.rhs)]

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        values = self.rhs if isinstance(self.rhs, str) else json.dumps(list(self.rhs))
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, values]  # noqa: S608
