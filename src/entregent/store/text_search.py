"""Text search over a ``TextIndex``, by the cheapest route to a page of hits, in whichever order.

SQLite's trigram index is asked first. A few hits are fetched one by one; of many, those that a page shows are found
sooner by walking the sort order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from django.db import connection

from . import text_lookups, trigrams  # noqa: F401  the lookups are known from here on
from .text_index import TextIndex
from .trigrams import ENOUGH, candidates

MOST_CANDIDATES = 25_000
"""Fetch at most this many candidates; where there are more, a walk soon meets a page's worth."""
MOST_COUNTED = 1000
"""Hits are counted up to this."""
FIRST_CANDIDATES = 1_500
"""Candidates tested before the others: mostly enough to know that there are more hits than are counted."""
PAGE_ROWS = 51
FETCH, PROBE, WALK = 1.2, 0.2, 2.0
"""What a row costs, in microseconds: fetched by its id; passed in an index; read along the sort order."""


@dataclass(frozen=True, slots=True)
class Found:
    """The rows found.

    ``count``: how many, up to ``MOST_COUNTED``, and whether there are more; None where unknown. ``candidates``: ids
    (a JSON array), too many to be fetched for a page; the hits are those of them that are in ``texts``, about
    ``share`` of them.
    """

    rows: Any
    count: tuple[int, bool] | None = None
    candidates: str = ""
    texts: Any | None = None
    share: float = 1


def search(index: TextIndex, queryset: Any, pieces: list[str]) -> Found:
    """Return the rows of ``queryset`` whose text holds every piece; all of them when there is no piece.

    ``pieces``: folded, the longest first; one shorter than three characters is not in the trigrams.
    """
    if not pieces:
        return Found(queryset)
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
        share = max(share, len(hits) / min(asked.number, FIRST_CANDIDATES + ENOUGH))
    count = (MOST_COUNTED, True) if len(hits) > MOST_COUNTED else None
    passed = min(asked.rows, PAGE_ROWS * asked.rows / (asked.number * share)) if share else inf
    by_fetching = asked.number * FETCH < passed * (PROBE if asked.complete else WALK)
    if not asked.complete:
        return Found(queryset.filter(**{f"{index.text}__indexed": pieces}) if by_fetching else texts, count)
    ids = f"{asked.first[:-1]},{asked.others[1:]}" if asked.others != "[]" else asked.first
    return Found(texts.filter(**{"pk__among" if by_fetching else "pk__probed": ids}), count, ids, texts, share)


def counted(queryset: Any, found: Any) -> Found:
    """Return what ``found`` finds of ``queryset``, fetched before an order is asked for.

    A database can't know how few there are, and would walk a long way along the order to meet them.
    """
    hits = list(found.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if len(hits) > MOST_COUNTED:
        return Found(found, (MOST_COUNTED, True))
    return Found(queryset.filter(pk__among=hits), (len(hits), False))


def _among(texts: Any, ids: str, most: int | None = None) -> list[int]:
    """Return those of ``ids`` that are in ``texts``."""
    return list(texts.filter(pk__among=ids).order_by().values_list("pk", flat=True)[:most]) if ids != "[]" else []


def sorts_by_beginnings() -> bool:
    """Whether thousands of candidates are put in order by the narrow table of beginnings: on SQLite alone."""
    return connection.vendor == "sqlite"


def nearest(index: TextIndex, found: Found, descending: bool, edge: str) -> Iterator[Any]:
    """Yield growing parts of a search with candidates: the rows that come first from ``edge`` on, in sort order."""
    assert found.texts is not None  # noqa: S101
    for ids in trigrams.nearest(index, found.candidates, descending, edge, found.share):
        yield found.texts.filter(pk__among=ids)
