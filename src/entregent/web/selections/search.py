"""«Rechercher», contacts and organisations at once, from the search box of every page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.kinds import KINDS
from entregent.directory.selections.search import problems_of_words
from entregent.directory.selections.selections import Selection
from entregent.shell.page import page
from entregent.web.door import door
from entregent.web.links import to_kind
from entregent.web.words import plural

MOST_OF_A_KIND = 20
SHOWN = ("id", "name", "active", "email", "phone", "city", "organisation_name", "function", "sort_name")


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
