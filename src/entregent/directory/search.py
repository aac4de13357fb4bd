"""Search: words typed in any order and any way (std F6), the same on both databases.

A party's ``search_text`` holds its folded words, each after a space. A word of three letters or more is found
anywhere in it; a shorter one at the beginning of a word. SQLite's trigram index is asked first: of few hits each is
fetched; of many, those that a page shows are found sooner by walking the sort order.
"""

from dataclasses import dataclass
from math import inf

from django.db import connection, models
from django.db.models import Lookup

from entregent.kernel.text import query_words

from .among import Among
from .search_index import TABLE
from .trigrams import ENOUGH, candidates, condition
from .visibility import PartyQuerySet

MOST = 25_000
"""So many candidates are asked for; where there are more, a walk meets a page's worth soon."""
COUNTED = 1000
"""So many hits are counted."""
FIRST = 1_500
"""So many candidates are looked at before all are: mostly enough to say that there are more than are counted."""
PAGE = 51
FETCH, PROBE, WALK = 1.2, 0.2, 2.0
"""What a row costs, in microseconds: fetched by its id; passed in an index; read along the sort order."""


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
        held, params = Walked(self.lhs, self.rhs).as_sqlite(compiler, connection)
        hits = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
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


@dataclass(frozen=True, slots=True)
class Found:
    """The parties found, and how many, counted to ``COUNTED``, and whether there are more: None where unknown.

    ``candidates``: ids (a JSON array), too many to be fetched for a page; the parties are those of them that are
    among ``texts``: about ``share`` of them.
    """

    parties: PartyQuerySet
    count: tuple[int, bool] | None = None
    candidates: str = ""
    texts: PartyQuerySet | None = None
    share: float = 1


def search(queryset: PartyQuerySet, query: str) -> Found:
    """The parties of ``queryset`` that hold every word of ``query``; all of them when it has no word.

    They are asked for in the way that soonest gives a page of them, in whichever order.
    """
    pieces = pieces_of(query)
    if not pieces:
        return Found(queryset)
    if connection.vendor != "sqlite":
        return counted(queryset, queryset.filter(search_text__indexed=pieces))
    texts = queryset.filter(search_text__walked=pieces)
    if all(len(piece) < 3 for piece in pieces):
        return Found(texts)  # too short for trigrams
    asked = candidates(pieces, FIRST, MOST)
    hits = _among(texts, asked.first)
    share = len(hits) / FIRST
    if len(hits) <= COUNTED:
        hits += _among(texts, asked.others, COUNTED + 1 - len(hits))
        if len(hits) <= COUNTED and asked.complete:
            return Found(queryset.filter(pk__among=hits), (len(hits), False))
        share = max(share, len(hits) / min(asked.number, FIRST + ENOUGH))
    count = (COUNTED, True) if len(hits) > COUNTED else None
    passed = min(asked.rows, PAGE * asked.rows / (asked.number * share)) if share else inf
    by_fetching = asked.number * FETCH < passed * (PROBE if asked.complete else WALK)
    if not asked.complete:
        return Found(queryset.filter(search_text__indexed=pieces) if by_fetching else texts, count)
    ids = f"{asked.first[:-1]},{asked.others[1:]}" if asked.others != "[]" else asked.first
    return Found(texts.filter(**{"pk__among" if by_fetching else "pk__probed": ids}), count, ids, texts, share)


def counted(queryset: PartyQuerySet, found: PartyQuerySet) -> Found:
    """Those of ``queryset`` that ``found`` finds, looked for before an order is asked for.

    A database can't know how many there are, and would walk a long way along the order to meet a few.
    """
    hits = list(found.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    if len(hits) > COUNTED:
        return Found(found, (COUNTED, True))
    return Found(queryset.filter(pk__among=hits), (len(hits), False))


def _among(texts: PartyQuerySet, ids: str, most: int | None = None) -> list[int]:
    """Those of ``ids`` that are among ``texts``."""
    return list(texts.filter(pk__among=ids).order_by().values_list("pk", flat=True)[:most]) if ids != "[]" else []


def matching(queryset: PartyQuerySet, query: str) -> PartyQuerySet:
    """The parties of ``queryset`` that hold every word of ``query``; all of them when it has no word."""
    return search(queryset, query).parties


def pieces_of(query: str) -> list[str]:
    """The pieces of text to look for; the longest, being the rarest, first."""
    words = [word for word in query_words(query) if any(sign.isalnum() for sign in word)]
    pieces = [word if len(word) >= 3 else f" {word}" for word in words]
    return sorted(pieces, key=len, reverse=True)


def _like(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
