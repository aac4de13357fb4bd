"""Lookups over a text column that has a ``TextIndex``, and over ids in an index of the sort order."""

from django.db import models
from django.db.models import Lookup

from .among import Among
from .trigrams import condition


@models.TextField.register_lookup
class Indexed(Lookup):
    """``search_text__indexed=[pieces]``: every piece is part of the text; SQLite's index is used."""

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
    """``search_text__walked=[pieces]``: the same rows, found by reading each text in turn."""

    lookup_name = "walked"

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        clause = " AND ".join([f"instr({column}, %s) > 0"] * len(self.rhs))
        return f"({clause})", [*params, *self.rhs]


@models.Field.register_lookup
class Probed(Among):
    """``pk__probed=ids``: as ``among``, but SQLite goes along the sort order's index and looks each id up in ``ids``.

    Rows are read only where the id is among them: the index itself holds every row's id.
    """

    lookup_name = "probed"

    def as_sqlite(self, compiler, connection):
        clause, params = super().as_sqlite(compiler, connection)
        return f"+{clause}", params


def _like(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
