"""What SQLite's trigram index is asked, so that it answers in a few milliseconds among a million texts.

The index knows which texts hold three letters, not where: its answers are candidates, whose text must be read.
Its cost is the length of the lists that it goes through. A word's rarest trigrams say nearly as much as all of them,
so that the lists of the common ones («mar», «ent») are left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from .search_index import BEGINNINGS, LETTERS, TABLE

TOGETHER = 0.3
"""Letters go together: of texts with one trigram of a word, this share at least has another of it."""
SAMPLE = 500
"""Hits of a trigram that are looked at to know how frequent it is."""
WORTH = 40
"""Reading a candidate's text costs as much as so many entries of a list."""

PART = 200
"""Of so many candidates the texts are read at first, to fill a page."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Ids of texts that may hold the pieces: the ``first`` of them, and ``others``, both JSON arrays.

    ``others`` is None when there are too many. ``number``: of all, or about that; ``rows``: how many texts there are.
    """

    first: str
    others: str | None
    number: int
    rows: int


def candidates(pieces: list[str], first: int, most: int) -> Candidates:
    """Candidates for texts that hold all of ``pieces``, of which one has three letters at least.

    How far the ``first`` reach tells whether there are more than ``most``: then the others are not asked for.
    """
    with connection.cursor() as cursor:
        rows, shares = _shares(cursor, _trigrams(pieces))
        wanted = _all(_telling(shares, rows))
        count, last, ids = _ids(cursor, wanted, 0, first)
        if count < first:
            return Candidates(ids, "[]", count, rows)
        about = count * rows // last
        if about > most:
            return Candidates(ids, None, about, rows)
        more, _, others = _ids(cursor, wanted, last, 2 * most)
        return Candidates(ids, others if more < 2 * most else None, count + more, rows)


def _ids(cursor, wanted: str, beyond: int, most: int) -> tuple[int, int, str]:
    """How many ids ``beyond`` one match, ``most`` at most, the last of them, and all as a JSON array."""
    ids = f"SELECT rowid AS id FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid > {beyond} LIMIT {most}"  # noqa: S608
    cursor.execute(f"SELECT count(*), max(id), json_group_array(id) FROM ({ids})", [wanted])  # noqa: S608
    return cursor.fetchone()


def nearest(ids: str, descending: bool, edge: str, share: float = 1) -> Iterator[list[int]]:
    """More and more of ``ids``, a JSON array: those whose names come first, from ``edge`` on when it is given.

    ``share``: how many of them hold what is looked for; the fewer, the more are given at first.
    Each list holds all that come before any it leaves out; the last leaves none out.
    """
    way, sign = ("DESC", "<=") if descending else ("ASC", ">=")
    statement = (
        f"SELECT value, beginning FROM json_each(%s) CROSS JOIN {BEGINNINGS} b ON b.id = value "  # noqa: S608
        f"WHERE %s = '' OR beginning {sign} %s ORDER BY beginning {way} LIMIT %s"
    )
    edge, limit, complete = edge[:LETTERS], int(PART / max(share, 0.01)), False
    while not complete:
        with connection.cursor() as cursor:
            cursor.execute(statement, [ids, edge, edge, limit])
            rows = cursor.fetchall()
        complete, limit = len(rows) < limit, 4 * limit
        yield [pk for pk, beginning in rows if complete or beginning != rows[-1][1]]


def condition(pieces: list[str]) -> str:
    """What to MATCH for all texts that may hold ``pieces``."""
    return _all(_trigrams(pieces))


def _trigrams(pieces: list[str]) -> list[str]:
    return list(dict.fromkeys(piece[at : at + 3] for piece in pieces for at in range(len(piece) - 2)))


def _telling(shares: dict[str, float], rows: int) -> list[str]:
    """The rarest trigrams, each further one as long as its list is worth going through."""
    ordered = sorted(shares, key=lambda trigram: shares[trigram])
    chosen, expected = ordered[:1], rows * shares[ordered[0]]
    for trigram in ordered[1:]:
        if rows * shares[trigram] > WORTH * expected:
            break
        chosen.append(trigram)
        expected *= max(shares[trigram], TOGETHER)
    return chosen


def _shares(cursor, trigrams: list[str]) -> tuple[int, dict[str, float]]:
    """How many texts there are, and which share of them hold each trigram.

    How far its first hits of the later half reach tells it.
    """
    rows = "SELECT max(id) FROM directory_party"
    hits = f"SELECT rowid AS hit FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid > ({rows}) / 2 LIMIT {SAMPLE}"  # noqa: S608
    each = f"SELECT max(hit), count(*) FROM ({hits})"  # noqa: S608
    statement = " UNION ALL ".join([f"SELECT ({rows}), 0", *[each] * len(trigrams)])
    cursor.execute(statement, [_all([trigram]) for trigram in trigrams])
    (number, _), *found = cursor.fetchall()
    number = number or 0
    return number, {
        trigram: count / ((last if count == SAMPLE else number) - number // 2) if count else 0
        for trigram, (last, count) in zip(trigrams, found, strict=True)
    }


def _all(trigrams: list[str]) -> str:
    return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
