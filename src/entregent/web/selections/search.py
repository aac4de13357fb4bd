"""«Rechercher», contacts and organisations at once, from the search box of every page; and suggestions.

Combo boxes get JSON ``[{value, text, hint}]``, at most ten, only what the reader may see.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.items.register import choices
from entregent.directory.kinds import KINDS
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Address, Party
from entregent.directory.parties.cleaning import item_key
from entregent.directory.selections.search import problems_of_words
from entregent.directory.selections.selections import Selection
from entregent.shell.page import page
from entregent.web.door import View, door
from entregent.web.links import to_kind
from entregent.web.words import plural

MOST_OF_A_KIND = 20
MOST_SUGGESTED = 10
SHOWN = ("id", "name", "active", "email", "phone", "city", "organisation_name", "function", "sort_name")

Suggestions = Iterable[dict[str, str]]


@door(Can.READ_CONTACTS)
def search(request: Request) -> HttpResponse:
    """Show what the words find, by kind, with links to the lists; one letter is enough."""
    query = request.GET.get("q", "").strip()
    problems = problems_of_words(query)
    found = [_found(request.by, kind, query) for kind in KINDS] if query and not problems else []
    return page(request, "web/selections/search.html", "results", query=query, found=found, problems=problems)


def _found(by: Actor, kind: str, query: str) -> dict[str, Any]:
    """Return the first records of one kind that the words find, for the template."""
    found = Selection(kind, query).page(by, columns=SHOWN, size=MOST_OF_A_KIND)
    return {
        "kind": kind,
        "title": plural(by, kind),
        "rows": found.rows,
        "page_name": f"{KINDS[kind].space}:page",
        "more_url": f"{to_kind(by, kind, 'list')}?{urlencode({'q': query})}" if found.next else "",
    }


def _suggesting(find: Callable[[Actor, str], Suggestions]) -> View:
    """Return a view of suggestions; nothing typed gives none."""

    @door(Can.READ_CONTACTS)
    def suggest(request: Request) -> HttpResponse:
        asked = request.GET.get("q", "").strip()[:100]
        return JsonResponse(list(find(request.by, asked)) if asked else [], safe=False)

    suggest.__doc__ = find.__doc__
    return suggest


def _parties(by: Actor, kind: str, asked: str, *hints: str) -> Suggestions:
    found = Selection(kind, asked).page(by, columns=("id", "name", "sort_name", *hints), size=MOST_SUGGESTED)
    for row in found.rows:
        hint = ", ".join(row[name] for name in hints if row[name])
        yield {"value": str(row["id"]), "text": row["name"], "hint": hint}


@_suggesting
def organisations(by: Actor, asked: str) -> Suggestions:
    """Organisations, with their city as a hint."""
    return _parties(by, "o", asked, "city")


@_suggesting
def contacts(by: Actor, asked: str) -> Suggestions:
    """People, with function and organisation as a hint."""
    return _parties(by, "p", asked, "function", "organisation_name")


def _items(code: str) -> View:
    """Return a view of a reference list's items, except those of hidden records alone."""
    return _suggesting(lambda by, asked: _words(choices(by, code), "name", "key", asked))


tags, functions = _items("tags"), _items("functions")


@_suggesting
def skills(by: Actor, asked: str) -> Suggestions:
    """Skills that the reader may choose: those of the list, and those of visible records."""
    key = item_key(asked)
    for name in choices(by, "skills").filter(key__contains=key).values_list("name", flat=True)[:MOST_SUGGESTED]:
        yield {"value": name, "text": name, "hint": ""}


@_suggesting
def cities(by: Actor, asked: str) -> Suggestions:
    """Cities of records that the reader may see."""
    seen = Address.readable.filter(party__in=Party.readable.visible_to(by).values("pk"))
    return _words(seen, "city", "city_key", asked)


@_suggesting
def lists(by: Actor, asked: str) -> Suggestions:
    """Static lists that the reader may see, with their category as a hint."""
    key = item_key(asked)
    found = seen_lists(by).filter(kind="static", archived_at=None, key__contains=key).select_related("category")
    for each in found.order_by("key", "id")[:MOST_SUGGESTED]:
        yield {"value": str(each.pk), "text": each.name, "hint": str(each.category)}


def _words(rows: QuerySet, column: str, key: str, asked: str) -> Suggestions:
    """Return the distinct values of a column that begin with ``asked``; case and accents don't count."""
    found = rows.filter(**{f"{key}__startswith": item_key(asked)}).order_by(key)
    for word in dict.fromkeys(found.values_list(column, flat=True).distinct()[:MOST_SUGGESTED]):
        yield {"value": word, "text": word, "hint": ""}
