"""«Rechercher»: contacts and organisations at once, from the search box of every page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.functional import cached_property

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.selections.selections import Selection
from entregent.shell.page import page
from entregent.store.pages import Page
from entregent.web.door import door
from entregent.web.links import to
from entregent.web.words import plural

MOST_OF_A_KIND = 20
SHOWN = ("id", "name", "active", "email", "phone", "city", "organisation_name", "function", "sort_name")


@dataclass
class Found:
    """The first records of one kind that a search finds."""

    by: Actor
    kind: str
    query: str

    @property
    def title(self) -> str:
        return plural(self.by, self.kind)

    @property
    def page_name(self) -> str:
        """The URL name of a record's page."""
        return "contacts:page" if self.kind == "p" else "organisations:page"

    @property
    def list_url(self) -> str:
        """The address of the list of all results."""
        name = "contacts:list" if self.kind == "p" else "organisations:list"
        return f"{to(self.by, name)}?{urlencode({'q': self.query})}"

    @cached_property
    def _page(self) -> Page:
        return Selection(self.kind, self.query).page(self.by, columns=SHOWN, size=MOST_OF_A_KIND)

    @property
    def rows(self) -> list[dict]:
        """The first results, as dicts."""
        return self._page.rows

    @property
    def more(self) -> bool:
        """Whether there are more results."""
        return self._page.next is not None


@door(Can.READ_CONTACTS)
def search(request: Request) -> HttpResponse:
    """Show what the words find, by kind, with links to the lists; one letter is enough."""
    query = request.GET.get("q", "").strip()[:200]
    found = [Found(request.by, kind, query) for kind in "po"] if query else []
    return page(request, "web/selections/search.html", "results", query=query, found=found)
