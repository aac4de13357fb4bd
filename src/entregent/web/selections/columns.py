"""«Colonnes»: choose and order the columns of all one's lists, or of a saved view (X2)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.saved_views import views
from entregent.directory.models import SavedView
from entregent.directory.saved_views.columns import MOST, USUAL, chosen, known, offered
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection
from entregent.shell.frame import Link
from entregent.shell.page import page, say
from entregent.web.door import door
from entregent.web.links import to_kind
from entregent.web.steps import stepped
from entregent.web.words import plural

from .cells import label_of
from .lists import ON_PHONES
from .saved_views import opened_view


@door(Can.READ_CONTACTS, methods=("GET", "HEAD", "POST"))
def choose(request: Request, kind: str) -> HttpResponse:
    """The columns shown with buttons up, down and remove; beneath them those that may be added."""
    choosing = Choosing.read(request.by, kind, request.GET)
    if request.method == "POST":
        step = request.POST.get("do", "")
        focus = choosing.take(step)
        if step == "reset":
            say(request, _("The usual columns are back."))
        return redirect(f"{request.path}{choosing.here}&{urlencode({'ici': focus})}")
    focus = request.GET.get("ici", "")
    return page(request, "web/selections/columns.html", "columns", focus=focus, **choosing.shown())


@dataclass(frozen=True, slots=True)
class Choosing:
    """The columns being chosen: those of the open ``view`` if ``of_view``, else those of all one's lists.

    ``query``: the search of the list that the page returns to, with the open view; ``codes``: the columns now.
    """

    by: Actor
    kind: str
    view: SavedView | None
    of_view: bool
    query: dict[str, str]
    codes: list[str]

    @classmethod
    def read(cls, by: Actor, kind: str, given: QueryDict) -> "Choosing":
        """Read what the address asks for: a search, an open view, and ``pour=moi`` for all one's lists."""
        search = Selection.read(kind, params_in(given)).params()
        view = opened_view(by, kind, given.get("vue", ""))
        of_view = view is not None and views.may_change(by, view) and given.get("pour") != "moi"
        shown = chosen(by, kind, view) if of_view else known(by, kind, (by.columns or {}).get(kind))
        query = search | ({"vue": str(view.pk)} if view else {})
        return cls(by, kind, view, of_view, query, list(USUAL[kind] if shown is None else shown))

    @property
    def here(self) -> str:
        return f"?{urlencode(self.query | ({} if self.of_view or not self.view else {'pour': 'moi'}))}"

    def take(self, step: str) -> str:
        """Take a step and keep the columns. Return the button to go on at."""
        after = stepped(self.codes, step, offered(self.by, self.kind) if len(self.codes) < MOST else ())
        views.choose_columns(self.by, self.kind, after, self.view if self.of_view else None)
        return _focus(step, self.codes, after)

    def shown(self) -> dict[str, Any]:
        """Return the context of the page."""
        by, view, codes = self.by, self.view, self.codes
        labels = {code: label_of(by, code) for code in offered(by, self.kind)}
        others = [(code, label) for code, label in labels.items() if code not in codes]
        return {
            "what": plural(by, self.kind),
            "here": self.here,
            "shown": [(code, labels[code]) for code in codes],
            "others": sorted(others, key=lambda one: one[1]),
            "full": len(codes) >= MOST,
            "most": MOST,
            "on_phones": ON_PHONES,
            "whose": _whose(view, self.query, self.of_view) if view and views.may_change(by, view) else [],
            "hidden_by": view if view and not self.of_view and view.columns is not None else None,
            "back": f"{to_kind(by, self.kind, 'list')}?{urlencode(self.query)}",
        }


def _whose(view: SavedView, query: dict[str, str], of_view: bool) -> list[Link]:
    """Return the tabs: the columns of the view alone, or of all one's lists."""
    return [
        Link(_("View “%(name)s”") % {"name": view.name}, f"?{urlencode(query)}", current=of_view),
        Link(_("All my lists"), f"?{urlencode(query | {'pour': 'moi'})}", current=not of_view),
    ]


def _focus(step: str, before: list[str], after: list[str] | None) -> str:
    """Return the button to focus after a step: the same one, or its neighbour if it is gone or disabled."""
    what, _sign, code = step.partition(":")
    if not after or what == "reset":
        return "reset"
    if what in ("up", "down"):
        end = after[0] if what == "up" else after[-1]
        return f"{'down' if what == 'up' else 'up'}:{code}" if code == end else step
    if what == "remove" and code in before:
        return f"remove:{after[min(before.index(code), len(after) - 1)]}"
    return f"up:{code}"
