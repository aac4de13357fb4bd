"""What combo boxes suggest, as JSON ``[{value, text, hint}]``: at most ten, only what the reader may see.

For no text the commonest come, so that a list opens before anything is typed.
"""

from collections.abc import Callable, Iterable

from django.http import HttpResponse, JsonResponse

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.lists.reach import seen_lists
from entregent.directory.parties.cleaning import item_key
from entregent.directory.selections.selections import Selection
from entregent.directory.selections.suggested import (
    MOST,
    common_organisations,
    suggested_cities,
    suggested_items,
)
from entregent.web.door import View, door
from entregent.web.phones import incomplete

Suggestions = Iterable[dict[str, str]]


def _suggesting(find: Callable[[Actor, str], Suggestions]) -> View:
    """Return a view of suggestions."""

    @door(Can.READ_CONTACTS)
    def suggest(request: Request) -> HttpResponse:
        return JsonResponse(list(find(request.by, request.GET.get("q", "").strip()[:100])), safe=False)

    suggest.__doc__ = find.__doc__
    return suggest


@_suggesting
def organisations(by: Actor, asked: str) -> Suggestions:
    """Organisations, with their city as a hint."""
    rows = [] if asked else common_organisations(by)
    for row in rows or _page(by, Selection("o", asked), "city"):
        yield _party(row, "city")


@_suggesting
def contacts(by: Actor, asked: str) -> Suggestions:
    """People, with function and organisation as a hint; before anything is typed, the newest."""
    search = Selection("p", asked) if asked else Selection("p", sort="created", descending=True)
    hints = ("function", "organisation_name")
    for row in _page(by, search, *hints):
        yield _party(row, *hints)


def _page(by: Actor, search: Selection, *hints: str) -> list[dict[str, str]]:
    return search.page(by, columns=("id", "name", *search.order.fields, *hints), size=MOST).rows


def _party(row: dict[str, str], *hints: str) -> dict[str, str]:
    hint = ", ".join(row[name] for name in hints if row[name])
    return {"value": str(row["id"]), "text": row["name"], "hint": hint}


def _words(words: Iterable[str]) -> Suggestions:
    for word in words:
        yield {"value": word, "text": word, "hint": ""}


def _items(code: str) -> View:
    """Return a view of a reference list's items, except those of hidden records alone."""
    return _suggesting(lambda by, asked: _words(suggested_items(by, code, asked)))


tags, functions, skills = _items("tags"), _items("functions"), _items("skills")


@_suggesting
def cities(by: Actor, asked: str) -> Suggestions:
    """Cities of records that the reader may see."""
    return _words(suggested_cities(by, asked))


@_suggesting
def lists(by: Actor, asked: str) -> Suggestions:
    """Static lists that the reader may see, with their category as a hint."""
    key = item_key(asked)
    found = seen_lists(by).filter(kind="static", archived_at=None, key__contains=key).select_related("category")
    for each in sorted(found.order_by("key", "id")[: MOST * 5], key=lambda each: each.key != key)[:MOST]:
        yield {"value": str(each.pk), "text": each.name, "hint": str(each.category)}


@door(Can.READ_CONTACTS)
def phone(request: Request) -> HttpResponse:
    """Return what is to be said of a phone number while a form is filled in: that it looks incomplete."""
    country = request.GET.get("country", "")
    known = country if len(country) == 2 else request.by.account.country
    return JsonResponse({"warning": incomplete(request.GET.get("q", "")[:100], known)})
