"""«Listes»: the user's lists by category, with the number of members of each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.lists.lists import ORDER, counts, list_key, ordered, problems_in
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import ContactList, ListCategory
from entregent.directory.models.lists import Reach
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_id
from entregent.shell.page import page
from entregent.store.pages import Page, page_of
from entregent.web.door import door, to_first_page
from entregent.web.links import to
from entregent.web.words import figure

from .forms import REACHES

LISTS_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters in the address: words of the name, a category, archived lists or the others."""

    query: str
    category: str
    archived: bool

    @property
    def narrowed(self) -> bool:
        return bool(self.query or self.category or self.archived)

    @classmethod
    def read(cls, given: QueryDict) -> "Asked":
        """Read the filters from the parameters of an address."""
        query = given.get("q", "").replace("\0", "").strip()[:150]
        return cls(query, given.get("category", "").strip(), "archived" in given)

    def of(self, lists: QuerySet[ContactList]) -> QuerySet[ContactList]:
        """Filter ``lists`` by what is asked."""
        found = lists.filter(archived_at__isnull=not self.archived)
        if self.category:
            category = read_id(self.category)
            found = found.filter(category=category) if category else found.none()
        for word in list_key(self.query).split() if self.query else ():
            found = found.filter(key__contains=word)
        return found


@door(Can.READ_CONTACTS)
def lists(request: Request) -> HttpResponse:
    """The page «Listes», with filters and cursor."""
    by, asked = request.by, Asked.read(request.GET)
    found = ordered(asked.of(seen_lists(by))).select_related("category", "created_by").prefetch_related("teams__team")
    try:
        listed = page_of(found, ORDER, request.GET.get("cursor", ""), LISTS_PER_PAGE)
    except Bad as bad:
        return to_first_page(request, bad, to(by, "lists:list"))
    return page(request, "web/lists/index.html", "lists", **_shown(by, asked, listed))


def _shown(by: Actor, asked: Asked, listed: Page) -> dict[str, Any]:
    """Return the context of a page of lists."""
    seen = seen_lists(by)
    return {
        "rows": rows_of(by, listed.rows),
        "asked": asked,
        "categories": ListCategory.readable.filter(lists__in=seen).distinct().order_by("rank", "key"),
        "archived_too": asked.archived or seen.exclude(archived_at=None).exists(),
        "listed": listed,
        "may_write": by.may(Can.WRITE_LISTS),
    }


def rows_of(by: Actor, found: list[ContactList]) -> list[dict[str, Any]]:
    """Return the rows of these lists; they are counted together.

    ``heads``: whether it is the first of its category; ``problem``: why its search can't be read.
    """
    numbers = counts(by, found)
    problems = problems_in(by, [each for each in found if numbers[each.pk] == (0, False)])
    categories = [None, *(each.category_id for each in found)]
    return [
        {
            "list": each,
            "count": figure(*numbers[each.pk]),
            "problem": problems.get(each.pk, ""),
            "reach": reach_of(each),
            "heads": each.category_id != before,
        }
        for each, before in zip(found, categories, strict=False)
    ]


def reach_of(found: ContactList) -> str:
    """Return in words who has a list: the whole account, its teams, or «Moi»."""
    if found.reach == Reach.TEAMS:
        return ", ".join(sorted(one.team.name for one in found.teams.all()))
    return str(dict(REACHES)[Reach(found.reach)])
