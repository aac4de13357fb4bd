"""Queries on SQLite's trigram index, chosen so that it answers in a few milliseconds for a million texts.

The index knows which texts contain a trigram, not where: it returns candidates, whose text must be checked. The cost
is the length of the posting lists it reads. A word's rarest trigrams are nearly as selective as all of them, so the
lists of common ones («mar», «ent») are not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from .text_index import BEGINNING_LENGTH, TextIndex

CORRELATION = 0.3
"""Trigrams of a word are correlated: at least this share of the texts with one of them have another one too."""
SAMPLED_HITS = 250
"""Hits of a trigram sampled in each half of the texts, to estimate its frequency."""
CANDIDATE_COST = 40
"""Reading a candidate's text costs as much as this many entries of a posting list."""
MOST_OF_A_PIECE = 8
"""Trigrams of a piece whose frequency is looked up: a whole e-mail address has forty, of which a few are rare."""
ENOUGH_CANDIDATES = 10_000
"""This many candidates usually suffice to count the hits up to MOST_COUNTED."""
FIRST_TEXTS = 200
"""Read the texts of this many candidates at first, to fill a page."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Ids of texts that may contain the pieces: the ``first`` ones and the ``others``, both JSON arrays.

    ``complete``: whether these are all. ``number``: of candidates, estimated if incomplete; ``rows``: of texts.
    """

    first: str
    others: str
    complete: bool
    number: int
    rows: int


def candidates(index: TextIndex, pieces: list[str], first: int, most: int) -> Candidates:
    """Return candidates for texts that contain all ``pieces``, one of which must have at least three letters.

    The range of ids covered by the first ``first`` candidates gives an estimate of their total. If that exceeds
    ``most``, fetch ``ENOUGH_CANDIDATES`` others only; else up to twice ``most``.
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
        limit = 2 * most if about <= most else ENOUGH_CANDIDATES
        more, _, others = _ids(index, cursor, _all(telling), last, limit)
        return Candidates(ids, others, more < limit, count + more if more < limit else about, rows)


def _ids(index: TextIndex, cursor, wanted: str, beyond: int, most: int) -> tuple[int, int, str]:
    """Return up to ``most`` matching ids above ``beyond``: their count, the last one, and all as a JSON array."""
    ids = f"SELECT rowid AS id FROM {index.fts} WHERE {index.fts} MATCH %s AND rowid > {beyond} LIMIT {most}"  # noqa: S608
    cursor.execute(f"SELECT count(*), max(id), json_group_array(id) FROM ({ids})", [wanted])  # noqa: S608
    return cursor.fetchone()


def nearest(index: TextIndex, ids: str, descending: bool, edge: str, share: float = 1) -> Iterator[list[int]]:
    """Yield ever longer lists of those of ``ids`` (a JSON array) that come first in sort order, from ``edge`` on.

    ``edge``: a sort key, '' for the start. ``share``: the estimated share of hits among them; the smaller, the longer
    the first list. Each list holds all ids that sort before any it leaves out; the last one is complete.
    """
    way, sign = ("DESC", "<=") if descending else ("ASC", ">=")
    statement = (
        f"SELECT value, beginning FROM json_each(%s) CROSS JOIN {index.beginnings} b ON b.id = value "  # noqa: S608
        f"WHERE %s = '' OR beginning {sign} %s ORDER BY beginning {way} LIMIT %s"
    )
    edge, limit, complete = edge[:BEGINNING_LENGTH], int(FIRST_TEXTS / max(share, 0.01)), False
    while not complete:
        with connection.cursor() as cursor:
            cursor.execute(statement, [ids, edge, edge, limit])
            rows = cursor.fetchall()
        complete, limit = len(rows) < limit, 4 * limit
        yield [pk for pk, beginning in rows if complete or beginning != rows[-1][1]]


def condition(pieces: list[str]) -> str:
    """Return the MATCH expression for all texts that may contain ``pieces``."""
    return _all(_trigrams(pieces))


def _trigrams(pieces: list[str]) -> list[str]:
    """Return trigrams of the pieces, at most ``MOST_OF_A_PIECE`` of each, spread over it."""
    found = [[piece[at : at + 3] for at in range(len(piece) - 2)] for piece in pieces]
    return list(dict.fromkeys(one for all_ in found for one in all_[:: max(1, -(-len(all_) // MOST_OF_A_PIECE))]))


def _telling(shares: dict[str, float], rows: int) -> list[str]:
    """Return the most selective trigrams: the rarest one, and further ones that are worth reading."""
    rarest = min(shares, key=lambda trigram: shares[trigram])
    return [rarest, *_further(shares, rows, [rarest], rows * shares[rarest])]


def _further(shares: dict[str, float], rows: int, chosen: list[str], expected: float) -> list[str]:
    """Return the rarest trigrams not in ``chosen``, as long as reading their list pays off.

    ``expected``: the number of candidates without them.
    """
    further: list[str] = []
    for trigram in sorted(shares.keys() - set(chosen), key=lambda trigram: (shares[trigram], trigram)):
        if rows * shares[trigram] > CANDIDATE_COST * expected:
            break
        further.append(trigram)
        expected *= max(shares[trigram], CORRELATION)
    return further


def _shares(index: TextIndex, cursor, trigrams: list[str]) -> tuple[int, dict[str, float]]:
    """Return the number of texts, and the share of them that contain each trigram.

    Estimated from the range of ids that a trigram's first hits cover, in each half of the table separately, because
    imports cluster similar texts.
    """
    last_id = f"(SELECT max(id) FROM {index.table})"  # noqa: S608
    each = [
        f"SELECT {last_id}, max(hit), count(*) FROM (SELECT rowid AS hit FROM {index.fts} "  # noqa: S608
        f"WHERE {index.fts} MATCH %s AND rowid > {start} AND rowid <= {end} LIMIT {SAMPLED_HITS})"
        for start, end in (("0", f"{last_id} / 2"), (f"{last_id} / 2", last_id))
    ]
    cursor.execute(" UNION ALL ".join(each * len(trigrams)), [_all([one]) for one in trigrams for _half in each])
    found = cursor.fetchall()
    rows = found[0][0] or 0
    starts, ends = (0, rows // 2), (rows // 2, rows)
    shares = [
        count / ((last if count == SAMPLED_HITS else ends[at % 2]) - starts[at % 2]) / 2 if count else 0.0
        for at, (_rows, last, count) in enumerate(found)
    ]
    return rows, dict(zip(trigrams, map(sum, zip(shares[::2], shares[1::2], strict=True)), strict=True))


def _all(trigrams: list[str]) -> str:
    return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
