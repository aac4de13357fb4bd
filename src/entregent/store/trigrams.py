"""What SQLite's trigram index is asked, so that it answers in a few milliseconds among a million texts.

The index knows which texts hold three letters, not where: its answers are candidates, whose text must be read.
Its cost is the length of the lists that it goes through. A word's rarest trigrams say nearly as much as all of them,
so that the lists of the common ones («mar», «ent») are left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from .text_index import LETTERS, TextIndex

TOGETHER = 0.3
"""Letters go together: of texts with one trigram of a word, this share at least has another of it."""
SAMPLE = 250
"""Hits of a trigram that are looked at in each half of the texts to know how frequent it is."""
WORTH = 40
"""Reading a candidate's text costs as much as so many entries of a list."""
ENOUGH = 10_000
"""So many candidates mostly tell how many texts there are, as far as they are counted."""
PART = 200
"""Of so many candidates the texts are read at first, to fill a page."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Ids of texts that may hold the pieces: the ``first`` of them, and ``others``, both JSON arrays.

    ``complete``: whether these are all. ``number``: of all, or about that; ``rows``: how many texts there are.
    """

    first: str
    others: str
    complete: bool
    number: int
    rows: int


def candidates(index: TextIndex, pieces: list[str], first: int, most: int) -> Candidates:
    """Candidates for texts that hold all of ``pieces``, of which one has three letters at least.

    How far the ``first`` reach tells whether there are more than ``most``: then ``ENOUGH`` others are asked for.
    """
    with connection.cursor() as cursor:
        rows, shares = _shares(index, cursor, _trigrams(pieces))
        telling = _telling(shares, rows)
        count, last, ids = _ids(index, cursor, _all(telling), 0, first)
        if count == first and (further := _further(shares, rows, telling, count * rows // last)):
            telling += further
            count, last, ids = _ids(index, cursor, _all(telling), 0, first)
        if count < first:
            return Candidates(ids, "[]", True, count, rows)
        about = count * rows // last
        limit = 2 * most if about <= most else ENOUGH
        more, _, others = _ids(index, cursor, _all(telling), last, limit)
        return Candidates(ids, others, more < limit, count + more if more < limit else about, rows)


def _ids(index: TextIndex, cursor, wanted: str, beyond: int, most: int) -> tuple[int, int, str]:
    """How many ids ``beyond`` one match, ``most`` at most, the last of them, and all as a JSON array."""
    ids = f"SELECT rowid AS id FROM {index.fts} WHERE {index.fts} MATCH %s AND rowid > {beyond} LIMIT {most}"  # noqa: S608
    cursor.execute(f"SELECT count(*), max(id), json_group_array(id) FROM ({ids})", [wanted])  # noqa: S608
    return cursor.fetchone()


def nearest(index: TextIndex, ids: str, descending: bool, edge: str, share: float = 1) -> Iterator[list[int]]:
    """More and more of ``ids``, a JSON array: those whose names come first, from ``edge`` on when it is given.

    ``share``: how many of them hold what is looked for; the fewer, the more are given at first.
    Each list holds all that come before any it leaves out; the last leaves none out.
    """
    way, sign = ("DESC", "<=") if descending else ("ASC", ">=")
    statement = (
        f"SELECT value, beginning FROM json_each(%s) CROSS JOIN {index.beginnings} b ON b.id = value "  # noqa: S608
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
    """The rarest trigram, and further ones that are worth it."""
    rarest = min(shares, key=lambda trigram: shares[trigram])
    return [rarest, *_further(shares, rows, [rarest], rows * shares[rarest])]


def _further(shares: dict[str, float], rows: int, chosen: list[str], expected: float) -> list[str]:
    """The rarest beside ``chosen``, while the list of each is worth going through to have fewer than ``expected``."""
    further: list[str] = []
    for trigram in sorted(shares.keys() - set(chosen), key=lambda trigram: (shares[trigram], trigram)):
        if rows * shares[trigram] > WORTH * expected:
            break
        further.append(trigram)
        expected *= max(shares[trigram], TOGETHER)
    return further


def _shares(index: TextIndex, cursor, trigrams: list[str]) -> tuple[int, dict[str, float]]:
    """How many texts there are, and which share of them hold each trigram.

    How far its first hits of each half reach tells it: what was brought in together lies together.
    """
    last_id = f"(SELECT max(id) FROM {index.table})"  # noqa: S608
    each = [
        f"SELECT {last_id}, max(hit), count(*) FROM (SELECT rowid AS hit FROM {index.fts} "  # noqa: S608
        f"WHERE {index.fts} MATCH %s AND rowid > {start} AND rowid <= {end} LIMIT {SAMPLE})"
        for start, end in (("0", f"{last_id} / 2"), (f"{last_id} / 2", last_id))
    ]
    cursor.execute(" UNION ALL ".join(each * len(trigrams)), [_all([one]) for one in trigrams for _half in each])
    found = cursor.fetchall()
    rows = found[0][0] or 0
    starts, ends = (0, rows // 2), (rows // 2, rows)
    shares = [
        count / ((last if count == SAMPLE else ends[at % 2]) - starts[at % 2]) / 2 if count else 0.0
        for at, (_rows, last, count) in enumerate(found)
    ]
    return rows, dict(zip(trigrams, map(sum, zip(shares[::2], shares[1::2], strict=True)), strict=True))


def _all(trigrams: list[str]) -> str:
    return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
