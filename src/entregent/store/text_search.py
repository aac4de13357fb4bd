"""Text search over a ``TextIndex``, by the cheapest route to a page of hits, in any order.

On SQLite the trigram index is queried first. If there are few hits they are fetched by id; if there are many,
scanning the sort order fills a page sooner.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from django.db import connection

from . import text_lookups, trigrams  # noqa: F401  importing text_lookups registers the lookups
from .pages import capped_count
from .text_index import TextIndex
from .trigrams import ENOUGH_CANDIDATES, candidates

MOST_CANDIDATES = 25_000
"""Fetch at most this many candidates; beyond that, scanning the sort order soon fills a page."""
MOST_COUNTED = 1000
"""Count hits up to this number."""
FIRST_CANDIDATES = 1_500
"""Test this many candidates first: usually enough to know that there are more hits than MOST_COUNTED."""
FEW_ROWS = 3000
"""Rows of an owner that are read sooner than everybody's candidates: 2 µs each."""
PAGE_ROWS = 51
FETCH_COST, PROBE_COST, WALK_COST = 1.2, 0.2, 2.0
"""Cost per row, in microseconds: fetched by id; skipped in an index; read along the sort order."""


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search.

    ``rows``: the hits, as a queryset. ``count``: their number up to ``MOST_COUNTED``, and whether there are more;
    None if unknown. ``candidates``: a JSON array of ids, set if there are too many to fetch for a page; those in the
    queryset ``texts`` are hits, an estimated ``share`` (0 to 1) of them.
    """

    rows: Any
    count: tuple[int, bool] | None = None
    candidates: str = ""
    texts: Any | None = None
    share: float = 1


def search(index: TextIndex, queryset: Any, pieces: list[str], owned: Any = None) -> Found:
    """Return the rows of ``queryset`` whose text contains every piece; all rows if there are no pieces.

    ``pieces``: folded words, longest first; pieces shorter than three characters cannot use the trigram index.
    ``owned``: all rows of the owner, which ``queryset`` is of. If they are few they are read one by one: the index
    holds everybody's, and would give the candidates of all owners.
    """
    if not pieces:
        return Found(queryset)
    if owned is not None and not capped_count(owned, FEW_ROWS)[1]:
        return counted(queryset, queryset.filter(**{f"{index.text}__walked": pieces}))
    if connection.vendor != "sqlite":
        return counted(queryset, queryset.filter(**{f"{index.text}__indexed": pieces}))
    texts = queryset.filter(**{f"{index.text}__walked": pieces})
    if all(len(piece) < 3 for piece in pieces):
        return Found(texts)  # too short for trigrams
    asked = candidates(index, pieces, FIRST_CANDIDATES, MOST_CANDIDATES)
    hits = _among(texts, asked.first)
    share = len(hits) / FIRST_CANDIDATES
    if len(hits) <= MOST_COUNTED:
        hits += _among(texts, asked.others, MOST_COUNTED + 1 - len(hits))
        if len(hits) <= MOST_COUNTED and asked.complete:
            return Found(queryset.filter(pk__among=hits), (len(hits), False))
        share = max(share, len(hits) / min(asked.number, FIRST_CANDIDATES + ENOUGH_CANDIDATES))
    count = (MOST_COUNTED, True) if len(hits) > MOST_COUNTED else None
    passed = min(asked.rows, PAGE_ROWS * asked.rows / (asked.number * share)) if share else inf
    by_fetching = asked.number * FETCH_COST < passed * (PROBE_COST if asked.complete else WALK_COST)
    if not asked.complete:
        return Found(queryset.filter(**{f"{index.text}__indexed": pieces}) if by_fetching else texts, count)
    ids = f"{asked.first[:-1]},{asked.others[1:]}" if asked.others != "[]" else asked.first
    return Found(texts.filter(**{"pk__among" if by_fetching else "pk__probed": ids}), count, ids, texts, share)


def counted(queryset: Any, found: Any) -> Found:
    """Fetch the ids of ``found`` and return those rows of ``queryset``; ``found`` if more than ``MOST_COUNTED``.

    A database cannot know how few hits there are, and would scan far along the sort order to find them.
    """
    hits = list(found.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if len(hits) > MOST_COUNTED:
        return Found(found, (MOST_COUNTED, True))
    return Found(queryset.filter(pk__among=hits), (len(hits), False))


def _among(texts: Any, ids: str, most: int | None = None) -> list[int]:
    """Return the ``ids`` (a JSON array) that are in ``texts``, at most ``most`` of them."""
    return list(texts.filter(pk__among=ids).order_by().values_list("pk", flat=True)[:most]) if ids != "[]" else []


def sorts_by_beginnings() -> bool:
    """Return whether candidates are sorted by the narrow table of beginnings: true for SQLite only."""
    return connection.vendor == "sqlite"


def nearest(index: TextIndex, found: Found, descending: bool, edge: str) -> Iterator[Any]:
    """Yield ever larger querysets of hits: those that come first in sort order, starting at ``edge``.

    ``found`` must have ``candidates``. ``edge``: a sort key, '' for the start.
    """
    assert found.texts is not None  # noqa: S101
    for ids in trigrams.nearest(index, found.candidates, descending, edge, found.share):
        yield found.texts.filter(pk__among=ids)
