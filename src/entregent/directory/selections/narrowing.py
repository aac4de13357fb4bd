"""The parties that meet conditions on their rows (a tag, a town, a function), found the fastest way.

The condition that the fewest parties meet names them, and each is tested for the others. Where more than a thousand
pass, a page's worth is found sooner along the sort order. To tell which condition names the fewest, the first parties
of each are tested: the larger the share that passes, the fewer it names.
"""

import json
from itertools import chain, islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from entregent.directory.models import Party
from entregent.directory.visibility.visibility import PartyQuerySet
from entregent.store.text_search import MOST_CANDIDATES, MOST_COUNTED, PAGE_ROWS, Found, counted, sorts_by_beginnings

FIRST_NAMED = 400
"""How many parties that each condition names are tested first."""

MOST_LOOKED_AT = 8_000
"""How many parties that one condition names are tested for a count; beyond, it is «137+» once a page is full."""

MOST_ORDERED = 100_000
"""How many ids are sorted at most."""

Source = list[QuerySet]
"""Queries of ids that together name every party that may meet a condition."""


def narrow(parties: PartyQuerySet, asked: Q) -> Found:
    """Return those of ``parties`` that meet ``asked``."""
    tested = parties.filter(one_by_one(asked))
    source, ids, hits = _fewest(tested, _sources(asked))
    if not source:
        return Found(tested)
    size, seen, complete = FIRST_NAMED, set(ids), len(ids) < FIRST_NAMED
    while not complete and len(hits) <= MOST_COUNTED:
        if size >= MOST_LOOKED_AT and len(hits) > PAGE_ROWS:
            return _far_apart(tested, parties.filter(asked), source, hits, len(hits) / len(seen))
        if size >= MOST_CANDIDATES:
            return counted(parties, parties.filter(asked))
        most = MOST_LOOKED_AT if size < MOST_LOOKED_AT else MOST_CANDIDATES
        size = min(most, max(2 * size, size * 2 * MOST_COUNTED // (len(hits) or 1)))
        named = _ids(source, size)
        more = [pk for pk in named if pk not in seen]  # a database need not begin with the same
        hits += _among(tested, more, MOST_COUNTED + 1 - len(hits))
        seen.update(more)
        complete = len(named) < size
    if len(hits) > MOST_COUNTED:
        return Found(tested, (MOST_COUNTED, True))
    return Found(parties.filter(pk__among=hits), (len(hits), False))


def _far_apart(tested: PartyQuerySet, found: PartyQuerySet, source: Source, hits: list[int], share: float) -> Found:
    """Return the first of ``source`` in order: too few to be met soon along the order, too many to find all.

    So by name on SQLite, as with words that many have (``trigrams.nearest``); PostgreSQL is left to itself.
    """
    count = len(hits), True
    ids = _ids(source, MOST_ORDERED) if sorts_by_beginnings() else []
    if not 0 < len(ids) < MOST_ORDERED:
        return Found(found, count)
    return Found(found, count, json.dumps(ids), tested, share)


def one_by_one(asked: Q) -> Q:
    """Return ``asked`` as a test of each party, so that rows that many have are not gathered first."""
    parts = [one_by_one(part) if isinstance(part, Q) else _looked_up(*part) for part in asked.children]
    return Q(*parts, _connector=asked.connector, _negated=asked.negated)


def _looked_up(name: str, value: Any) -> Q:
    if not _is_named(name, value):
        return Q((name, value))
    (owner,) = value.query.values_select
    return Q(Exists(value.filter(**{owner: OuterRef("pk")})))


def _fewest(tested: PartyQuerySet, sources: list[Source]) -> tuple[Source, list[int], list[int]]:
    """Return the source that names the fewest parties, its first ids, and those of them that meet all conditions."""
    best: tuple[Source, list[int], list[int]] = [], [], []
    for source in sources:
        ids = _ids(source, FIRST_NAMED)
        hits = _among(tested, ids)
        if not best[0] or len(ids) < FIRST_NAMED or len(hits) > len(best[2]):
            best = source, ids, hits
        if len(ids) < FIRST_NAMED:
            break
    return best


def _sources(asked: Q) -> list[Source]:
    """Return every source of ``asked``; each of them is sufficient."""
    if asked.negated:
        return []
    parts = [_sources(part) if isinstance(part, Q) else _named(*part) for part in asked.children]
    if asked.connector == Q.AND:
        return list(chain.from_iterable(parts))
    return [list(chain.from_iterable(sources[0] for sources in parts))] if all(parts) else []


def _named(name: str, value: Any) -> list[Source]:
    if _is_named(name, value):
        return [[value]]
    return [[Party.readable.filter(status__in=value).values_list("pk", flat=True)]] if name == "status__in" else []


def _is_named(name: str, value: Any) -> bool:
    return name == "pk__in" and isinstance(value, QuerySet)


def _ids(source: Source, most: int) -> list[int]:
    """Return the ids of the first parties named, each once."""
    named = chain.from_iterable(rows.order_by().distinct()[:most] for rows in source)
    return list(islice(dict.fromkeys(named), most))


def _among(tested: PartyQuerySet, ids: list[int], most: int = FIRST_NAMED) -> list[int]:
    return list(tested.filter(pk__among=ids).order_by().values_list("pk", flat=True)[:most])
