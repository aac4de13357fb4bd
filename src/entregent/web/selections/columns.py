"""«Colonnes»: choose and order the columns of all one's lists, or of a saved view (X2)."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.accounts.words import organisation_word
from entregent.actions.saved_views import columns, views
from entregent.directory.saved_views.columns import MOST, USUAL, chosen, known, offered
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection
from entregent.shell.frame import Link
from entregent.shell.page import page, say
from entregent.web.door import door
from entregent.web.links import to

from .cells import ON_PHONES, label_of
from .saved_views import LIST, opened_view


@door(Can.READ_CONTACTS, methods=("GET", "HEAD", "POST"))
def choose(request: Request, kind: str) -> HttpResponse:
    """Show the chosen columns with buttons up, down and remove, and below them those that can be added."""
    by = request.by
    search = Selection.read(kind, params_in(request.GET)).params()
    view = opened_view(by, kind, request.GET.get("vue", ""))
    opened = {"vue": str(view.pk)} if view else {}
    of_view = view is not None and views.may_change(by, view) and request.GET.get("pour") != "moi"
    shown = chosen(by, kind, view) if of_view else known(by, kind, (by.columns or {}).get(kind))
    codes = list(USUAL[kind] if shown is None else shown)
    here = f"?{urlencode(search | opened | ({} if of_view or not view else {'pour': 'moi'}))}"
    if request.method == "POST":
        step = request.POST.get("do", "")
        stepped = _stepped(codes, step, offered(by, kind))
        columns.choose(by, kind, stepped, view if of_view else None)
        if step == "reset":
            say(request, _("The usual columns are back."))
        return redirect(f"{request.path}{here}&{urlencode({'ici': _focus(step, codes, stepped)})}")
    labels = {code: label_of(by, code) for code in offered(by, kind)}
    return page(
        request,
        "web/selections/columns.html",
        "columns",
        what=_("Contacts") if kind == "p" else organisation_word(by.account).Many,
        here=here,
        shown=[(code, labels[code]) for code in codes],
        focus=request.GET.get("ici", ""),
        others=sorted(((code, label) for code, label in labels.items() if code not in codes), key=lambda one: one[1]),
        full=len(codes) >= MOST,
        most=MOST,
        on_phones=ON_PHONES,
        whose=_whose(by, view, search | opened, of_view) if view and views.may_change(by, view) else [],
        hidden_by=view if view and not of_view and view.columns is not None else None,
        back=f"{to(by, LIST[kind])}?{urlencode(search | opened)}",
    )


def _whose(by, view, query: dict[str, str], of_view: bool) -> list[Link]:
    """Return links to choose between this view only and all one's lists."""
    return [
        Link(_("View “%(name)s”") % {"name": view.name}, f"?{urlencode(query)}", current=of_view),
        Link(_("All my lists"), f"?{urlencode(query | {'pour': 'moi'})}", current=not of_view),
    ]


def _stepped(codes: list[str], asked: str, there: tuple[str, ...]) -> list[str] | None:
    """Return the codes after ``up:city``, ``down:city``, ``remove:city`` or ``add:city``; None for ``reset``."""
    step, _sign, code = asked.partition(":")
    if step == "reset":
        return None
    if step == "add" and code in there and code not in codes and len(codes) < MOST:
        return [*codes, code]
    if code not in codes:
        return codes
    index = codes.index(code)
    rest = [one for one in codes if one != code]
    if step in ("up", "down"):
        rest.insert(max(index + (-1 if step == "up" else 1), 0), code)
    return rest if step in ("up", "down", "remove") else codes


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
