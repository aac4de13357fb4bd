"""Search: words typed in any order and any way (std F6), the same on both databases.

A party's ``search_text`` holds its folded words, each after a space. A word of three letters or more is found
anywhere in it; a shorter one at the beginning of a word. SQLite's trigram index is asked first for a capped
count: few hits are fetched by it; many are found sooner by walking the sort order.
"""

from math import isqrt

from django.db import connection, models
from django.db.models import Lookup

from entregent.kernel.text import query_words

from .search_index import TABLE
from .visibility import PartyQuerySet

FEW = 500
"""So many hits of the index are always fetched and sorted; of more it depends on the size of the directory."""


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


Found = dict[str, tuple[list[int], bool]]
"""What the index answered to a query: kept by a selection, so that its page and its count ask once."""


def matching(queryset: PartyQuerySet, query: str, found: Found | None = None) -> PartyQuerySet:
    """The parties of ``queryset`` that hold every word of ``query``; all of them when it has no word."""
    pieces = pieces_of(query)
    if not pieces:
        return queryset
    if connection.vendor != "sqlite":
        return queryset.filter(search_text__indexed=pieces)
    hits, more = _hits(query, pieces, found)
    if not more:
        queryset = queryset.filter(pk__among=hits)
        if pieces == [_asked(piece) for piece in pieces]:
            return queryset
    return queryset.filter(search_text__walked=pieces)


def some_matching(queryset: PartyQuerySet, query: str, found: Found | None = None) -> PartyQuerySet | None:
    """Some of the same where they are many, found in no time: enough to say so. None: they must all be asked for."""
    pieces = pieces_of(query)
    if not pieces or connection.vendor != "sqlite":
        return None
    hits, more = _hits(query, pieces, found)
    return queryset.filter(pk__among=hits, search_text__walked=pieces) if more else None


def pieces_of(query: str) -> list[str]:
    """The pieces of text to look for; the longest, being the rarest, first."""
    words = [word for word in query_words(query) if any(sign.isalnum() for sign in word)]
    pieces = [word if len(word) >= 3 else f" {word}" for word in words]
    return sorted(pieces, key=len, reverse=True)


def _hits(query: str, pieces: list[str], found: Found | None) -> tuple[list[int], bool]:
    """The ids of the texts that hold the pieces, and whether there are more than is worth fetching.

    A walk along the sort order meets fifty after 50 × rows ÷ hits: it costs as much as fetching and sorting all
    hits where hits² is some 35 × rows. The index is slower with each word more.
    """
    if all(len(piece) < 3 for piece in pieces):
        return [], True  # too short for trigrams
    if found is not None and query in found:
        return found[query]
    clause, params = _glob([_asked(piece) for piece in pieces])
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM directory_party")
        most = max(FEW, isqrt(35 * (cursor.fetchone()[0] or 0)) // len(pieces))
        cursor.execute(f"SELECT rowid FROM {TABLE} WHERE {clause} LIMIT {most + 1}", params)  # noqa: S608
        hits = [row[0] for row in cursor.fetchall()]
    if found is not None:
        found[query] = hits, len(hits) > most
    return hits, len(hits) > most


def _asked(piece: str) -> str:
    """What of a piece the index is asked for: the end of an address (.fr, .com) is in half the texts."""
    head = piece.rpartition(".")[0]
    return head if len(head) >= 6 else piece


def _glob(pieces: list[str]) -> tuple[str, list[str]]:
    escaped = [piece.translate(_GLOB_SIGNS) for piece in pieces]
    return " AND ".join(["search_text GLOB %s"] * len(pieces)), [f"*{piece}*" for piece in escaped]


_GLOB_SIGNS = str.maketrans({sign: f"[{sign}]" for sign in "*?["})


def _like(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
