"""Lookups on a text column with a ``TextIndex``, and on ids in the index of the sort order."""

from django.db import models
from django.db.models import Lookup

from .among import Among
from .trigrams import condition


@models.TextField.register_lookup
class Indexed(Lookup):
    """``search_text__indexed=[pieces]``: the text contains every piece; uses SQLite's trigram index."""

    lookup_name = "indexed"
    prepare_rhs = False

    def get_prep_lookup(self):
        return self.rhs

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        clause = " AND ".join([f"{column} LIKE %s"] * len(self.rhs))
        return f"({clause})", [*params, *(f"%{_like(piece)}%" for piece in self.rhs)]

    def as_sqlite(self, compiler, connection):
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        fts = f"{self.lhs.target.model._meta.db_table}_fts"
        held, params = Walked(self.lhs, self.rhs).as_sqlite(compiler, connection)
        hits = f"SELECT rowid FROM {fts} WHERE {fts} MATCH %s"  # noqa: S608
        return f"({alias}.id IN ({hits}) AND {held})", [condition(self.rhs), *params]


@models.TextField.register_lookup
class Walked(Indexed):
    """``search_text__walked=[pieces]``: the text contains every piece; each text is read in turn."""

    lookup_name = "walked"

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        clause = " AND ".join([f"strpos({column}, %s) > 0"] * len(self.rhs))
        return f"({clause})", [*params, *self.rhs]

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        clause = " AND ".join([f"instr({column}, %s) > 0"] * len(self.rhs))
        return f"({clause})", [*params, *self.rhs]


@models.Field.register_lookup
class Probed(Among):
    """``pk__probed=ids``: like ``among``, but SQLite scans the sort order's index and looks each id up in ``ids``.

    Only rows whose id is in ``ids`` are read: the index itself holds every row's id.
    """

    lookup_name = "probed"

    def as_sqlite(self, compiler, connection):
        clause, params = super().as_sqlite(compiler, connection)
        return f"+{clause}", params


def _like(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
