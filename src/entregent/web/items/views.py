"""«Saisir» → «Paramétrage»: «Créer», «Modifier», «Supprimer», each ending with «Valider» (A4)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.items import items as item_actions
from entregent.actions.items.problems import in_use
from entregent.directory.items.register import ITEM_ORDER, LISTS, choices, items
from entregent.directory.models import Item
from entregent.directory.parties.cleaning import item_key
from entregent.shell.page import page, say, say_at
from entregent.store.pages import page_of
from entregent.web.door import attempt, door, saved
from entregent.web.links import to

from .forms import CODES, SLUGS, item_form, replace_form
from .showing import deleting, edited, list_url, listed

ITEMS_PER_PAGE = 50
SUGGESTED_ITEMS = 10
WRITE = Can.WRITE_ITEMS


@door(WRITE)
def home(request: Request) -> HttpResponse:
    """Redirect to the first reference list."""
    return redirect(to(request.by, "parametrage:list", SLUGS[next(iter(LISTS))]))


@door(WRITE)
def listing(request: Request, what: str) -> HttpResponse:
    """A reference list: its items, what uses each, and the actions on the selected one."""
    code, query = _code(what), request.GET.get("q", "").strip()[:150]
    found = items(request.by, code)
    if query:
        found = found.filter(key__contains=item_key(query))
    cut = page_of(found, ITEM_ORDER, request.GET.get("page", ""), ITEMS_PER_PAGE)
    chosen = next((item for item in cut.rows if str(item.pk) == request.GET.get("item", "")), None)
    context = listed(request.by, code, cut.rows, chosen) | {"query": query, "cut": cut}
    return page(request, "web/items/list.html", "items", movable=LISTS[code].ordered and not query, **context)


@door(WRITE, methods=("GET", "HEAD", "POST"))
def edit(request: Request, what: str, pk: int | None = None) -> HttpResponse:
    """«Créer» or «Modifier»: add an item, or change one and everything that shows its name."""
    by = request.by
    code, item = (_code(what), None) if pk is None else _found(request, what, pk)
    form = item_form(code, request.POST or None, item)
    save = partial(item_actions.change, by, code, item) if item else partial(item_actions.create, by, code)
    if kept := saved(form, lambda: save(form.cleaned_data)):
        said = _("“%(name)s” is saved.") if item else _("“%(name)s” is created.")
        return say_at(request, list_url(by, code, kept), said % {"name": kept.name})
    return page(request, "web/items/form.html", None, form=form, **edited(by, code, item))


@door(WRITE, methods=("GET", "HEAD", "POST"))
def delete(request: Request, what: str, pk: int) -> HttpResponse:
    """«Supprimer»: ask, then delete. For an item in use, say what uses it and offer to replace it by another."""
    code, item = _found(request, what, pk)
    used = in_use(request.by, code, item) if item.account_id == request.by.account.pk else None
    form = replace_form(request.by, code, item, used, request.POST)
    problem = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        target = form.cleaned_data["replace_by"] if form else None
        _result, problem = attempt(lambda: item_actions.delete(request.by, code, item, target))
        if not problem:
            return say_at(request, list_url(request.by, code, target), _deleted(item, target))
    context = deleting(request.by, code, item, used, form)
    return page(request, "web/items/delete.html", problem=problem, **context)


@door(WRITE, methods=("POST",))
def move(request: Request, what: str, pk: int) -> HttpResponse:
    """Move an item one place up or down."""
    code, item = _found(request, what, pk)
    up = request.POST.get("do") == "up"
    return _done(request, code, item, lambda: item_actions.move(request.by, code, item, up))


@door(WRITE, methods=("POST",))
def hide(request: Request, what: str, pk: int) -> HttpResponse:
    """Show or hide an item of the service among the account's choices."""
    code, item = _found(request, what, pk)
    shown = request.POST.get("do") == "show"
    return _done(request, code, item, lambda: item_actions.show(request.by, code, item, shown))


@door(WRITE)
def proposed(request: Request, what: str) -> HttpResponse:
    """Return suggestions for the typed text as JSON, for a combo box of a long list."""
    asked = item_key(request.GET.get("q", "").strip()[:150])
    found = choices(request.by, _code(what)).filter(key__contains=asked)[:SUGGESTED_ITEMS]
    return JsonResponse([{"value": item.name, "text": item.name, "hint": ""} for item in found], safe=False)


def _code(what: str) -> str:
    if what not in CODES:
        raise Http404
    return CODES[what]


def _found(request: Request, what: str, pk: int) -> tuple[str, Item]:
    """Return the code of the list and the item; 404 if the user may not see it."""
    code = _code(what)
    found = items(request.by, code).filter(pk=pk).first()
    if found is None:
        raise Http404
    return code, found


def _done(request: Request, code: str, item: Item, do: Callable[[], Any]) -> HttpResponse:
    """Call ``do`` and return to the list, with a message if it was refused."""
    _result, refusal = attempt(do)
    if refusal:
        say(request, refusal, level=messages.ERROR)
    return redirect(list_url(request.by, code, item))


def _deleted(item: Item, target: Item | None) -> str:
    if target is None:
        return _("“%(name)s” is deleted.") % {"name": item.name}
    names = {"name": item.name, "other": target.name}
    return _("“%(name)s” is deleted and replaced by “%(other)s” everywhere.") % names
