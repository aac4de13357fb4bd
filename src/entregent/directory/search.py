"""Search: words typed in any order and any way (std F6), the same on both databases.

A party's ``search_text`` holds its folded words, each after a space. A word of three letters or more is found
anywhere in it; a shorter one at the beginning of a word. SQLite's trigram index is asked first for a capped
count: few hits are fetched by it; many are found sooner by walking the sort order.
"""

from django.db import connection, models
from django.db.models import Lookup

from entregent.kernel.text import query_words

from .search_index import TABLE
from .visibility import PartyQuerySet

WALK_FROM = 3000
"""Above so many hits of the index, walking the sort order finds fifty rows sooner than sorting the hits."""


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
        clause, params = _glob(self.rhs)
        return f"{alias}.id IN (SELECT rowid FROM {TABLE} WHERE {clause})", params  # noqa: S608


@models.TextField.register_lookup
class Walked(Indexed):
    """``search_text__walked=[pieces]``: the same rows, found by reading each text in turn."""

    lookup_name = "walked"

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        clause = " AND ".join([f"instr({column}, %s) > 0"] * len(self.rhs))
        return f"({clause})", [*params, *self.rhs]


def matching(queryset: PartyQuerySet, query: str) -> PartyQuerySet:
    """The parties of ``queryset`` that hold every word of ``query``; all of them when it has no word."""
    pieces = pieces_of(query)
    if not pieces:
        return queryset
    if connection.vendor == "sqlite" and _hits(pieces) > WALK_FROM:
        return queryset.filter(search_text__walked=pieces)
    return queryset.filter(search_text__indexed=pieces)


def pieces_of(query: str) -> list[str]:
    """The pieces of text to look for; the longest, being the rarest, first."""
    pieces = [word if len(word) >= 3 else f" {word}" for word in query_words(query)]
    return sorted(pieces, key=len, reverse=True)


def _hits(pieces: list[str]) -> int:
    """How many texts of the index hold the pieces, counted to ``WALK_FROM`` + 1."""
    if all(len(piece) < 3 for piece in pieces):
        return WALK_FROM + 1  # too short for trigrams
    clause, params = _glob(pieces)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {clause} LIMIT {WALK_FROM + 1})",  # noqa: S608
            params,
        )
        return cursor.fetchone()[0]


def _glob(pieces: list[str]) -> tuple[str, list[str]]:
    escaped = [piece.translate(_GLOB_SIGNS) for piece in pieces]
    return " AND ".join(["search_text GLOB %s"] * len(pieces)), [f"*{piece}*" for piece in escaped]


_GLOB_SIGNS = str.maketrans({sign: f"[{sign}]" for sign in "*?["})


def _like(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
