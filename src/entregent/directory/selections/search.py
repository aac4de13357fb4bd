"""Search: words typed in any order and any way (std F6), the same on both databases.

A party's ``search_text`` holds its folded words, each after a space. A word of three letters or more is found
anywhere in it; a shorter one at the beginning of a word.
"""

from entregent.directory.messages import Problem, problem_of
from entregent.directory.visibility.visibility import PartyQuerySet
from entregent.kernel.errors import Bad
from entregent.kernel.text import query_words
from entregent.store import text_search
from entregent.store.text_index import TextIndex
from entregent.store.text_search import Found

INDEX = TextIndex("directory_party", text="search_text", order="sort_name")


def search(queryset: PartyQuerySet, query: str) -> Found:
    """Return the parties of ``queryset`` that contain every word of ``query``; all of them when it is empty.

    Raises ``Bad`` when it can't be read.
    """
    return text_search.search(INDEX, queryset, pieces_of(query), queryset.model.readable.all())


def matching(queryset: PartyQuerySet, query: str) -> PartyQuerySet:
    """Return what ``search`` finds, as a queryset. Raises ``Bad``."""
    return search(queryset, query).rows


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
