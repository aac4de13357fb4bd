"""What combo boxes suggest: JSON ``[{value, text, hint}]``, at most ten, only what the reader may see."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.items.register import choices
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Address, Party
from entregent.directory.selections.selections import Selection
from entregent.kernel.text import fold
from entregent.web.door import View, door

MOST_SUGGESTED = 10
Suggestions = Iterable[dict[str, str]]


def _asked(request: Request) -> str:
    return request.GET.get("q", "").strip()[:100]


def _suggesting(find: Callable[[Actor, str], Suggestions]) -> View:
    """Return a view of suggestions; nothing typed gives none."""

    @door(Can.READ_CONTACTS)
    def suggest(request: Request) -> HttpResponse:
        asked = _asked(request)
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


@_suggesting
def tags(by: Actor, asked: str) -> Suggestions:
    """The account's tags and the service's, except those of hidden records alone."""
    return _words(choices(by, "tags"), "name", "key", asked)


@_suggesting
def skills(by: Actor, asked: str) -> Suggestions:
    """Skills that the reader may choose: those of the list, and those of visible records."""
    key = fold(asked)
    for name in choices(by, "skills").filter(key__contains=key).values_list("name", flat=True)[:MOST_SUGGESTED]:
        yield {"value": name, "text": name, "hint": ""}


@_suggesting
def functions(by: Actor, asked: str) -> Suggestions:
    """The account's functions and the service's, except those of hidden records alone."""
    return _words(choices(by, "functions"), "name", "key", asked)


@_suggesting
def cities(by: Actor, asked: str) -> Suggestions:
    """Cities of records that the reader may see."""
    seen = Address.readable.filter(party__in=Party.readable.visible_to(by).values("pk"))
    return _words(seen, "city", "city_key", asked)


@_suggesting
def lists(by: Actor, asked: str) -> Suggestions:
    """Static lists that the reader may see, with their category as a hint."""
    key = fold(asked)
    found = seen_lists(by).filter(kind="static", archived_at=None, key__contains=key).select_related("category")
    for each in found.order_by("key", "id")[:MOST_SUGGESTED]:
        yield {"value": str(each.pk), "text": each.name, "hint": str(each.category)}


def _words(rows: QuerySet, column: str, key: str, asked: str) -> Suggestions:
    """Return the distinct values of a column that begin with ``asked``; case and accents don't count."""
    found = rows.filter(**{f"{key}__startswith": fold(asked)}).order_by(key).values_list(column, flat=True).distinct()
    for word in dict.fromkeys(found[:MOST_SUGGESTED]):
        yield {"value": word, "text": word, "hint": ""}
