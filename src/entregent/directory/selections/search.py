"""Search: words typed in any order and any way (std F6), the same on both databases.

A party's ``search_text`` holds its folded words, each after a space. A word of three letters or more is found
anywhere in it; a shorter one at the beginning of a word.
"""

from entregent.directory.messages import Problem, problem_of
from entregent.directory.models import Channel
from entregent.directory.visibility.visibility import PartyQuerySet
from entregent.kernel.emails import parse_email
from entregent.kernel.errors import Bad
from entregent.kernel.phones import phone_keys
from entregent.kernel.text import query_words
from entregent.store import text_search
from entregent.store.text_index import TextIndex
from entregent.store.text_search import MOST_COUNTED, Found

INDEX = TextIndex("directory_party", text="search_text", order="sort_name")


def search(queryset: PartyQuerySet, query: str, seen: PartyQuerySet | None = None) -> Found:
    """Return the parties of ``queryset`` that contain every word of ``query``; all of them when it is empty.

    A whole e-mail address or phone number that somebody of ``seen`` has finds those who have it, and nobody whose
    longer one contains it. ``seen``: the parties that ``queryset`` is part of, by default itself; conditions must not
    decide whether an address is a whole one, or they would find others. Raises ``Bad`` when it can't be read.
    """
    pieces = pieces_of(query)
    known = _known_by_key(pieces)
    hits = _with_words(queryset, known, pieces) if known else []
    if hits or (known and seen is not None and _with_words(seen, known, pieces)):
        return Found(queryset.filter(pk__among=hits), (len(hits), False))
    return text_search.search(INDEX, queryset, pieces, queryset.model.readable.all())


def matching(queryset: PartyQuerySet, query: str) -> PartyQuerySet:
    """Return what ``search`` finds, as a queryset. Raises ``Bad``."""
    return search(queryset, query).rows


def _known_by_key(pieces: list[str]) -> list[int]:
    """Return the ids of the parties that have the first piece that is a whole e-mail address or phone number.

    None where it may be part of one, or where more have it than are counted.
    """
    keys = next((keys for piece in pieces if (keys := _keys(piece))), [])
    if not keys:
        return []
    having = Channel.readable.filter(key__in=keys).order_by().values_list("party", flat=True)[: MOST_COUNTED + 1]
    return [] if len(having) > MOST_COUNTED else list(having)


def _keys(piece: str) -> list[str]:
    """Return the keys of channels that a piece may be; none for a name or a part of an address."""
    if "@" not in piece:
        return phone_keys(piece)
    try:
        return [parse_email(piece).key]
    except Bad:
        return []


def _with_words(parties: PartyQuerySet, ids: list[int], pieces: list[str]) -> list[int]:
    """Return which of ``ids`` are in ``parties`` and have all ``pieces``."""
    found = parties.filter(pk__among=ids, search_text__walked=pieces)
    return list(found.order_by().values_list("pk", flat=True))


def pieces_of(query: str) -> list[str]:
    """Return the pieces of text to look for, the longest first: they are the rarest.

    Raises ``Bad`` when it is too long, or holds only signs: everybody would be found.
    """
    if "\0" in query:
        raise Bad("shape")
    words = [word for word in query_words(query) if any(sign.isalnum() for sign in word)]
    if query.strip() and not words:
        raise Bad("query_signs")
    pieces = [word if len(word) >= 3 else f" {word}" for word in words]
    return sorted(pieces, key=len, reverse=True)


def problems_of_words(query: str) -> tuple[Problem, ...]:
    """Return the problem of search words that can't be read."""
    try:
        pieces_of(query)
    except Bad as bad:
        return (problem_of("q", bad),)
    return ()
