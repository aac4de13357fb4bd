"""Move, archive or delete several lists at once. Each action first shows a dialog that names them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.lists import lists as actions
from entregent.actions.lists.lists import Handled, Versions
from entregent.directory.lists.lists import counts, made_of
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import ContactList
from entregent.shell.page import page, say_at
from entregent.web.door import attempt, door, saved
from entregent.web.links import to, versions_in
from entregent.web.words import figure

from .forms import CategoryForm

MOST_LISTS = 200
LISTS_NAMED = 12
View = Callable[[Request, list[ContactList]], HttpResponse]


def _of_several(view: View) -> Callable[..., HttpResponseBase]:
    """Decorate a view of the chosen lists; when none is chosen, say so and return to «Listes»."""

    @wraps(view)
    def checked(request: Request) -> HttpResponse:
        if found := _chosen(request):
            return view(request, found)
        url = to(request.by, "lists:list")
        return say_at(request, url, _("Tick at least one list."), level=messages.WARNING)

    return door(Can.WRITE_LISTS, methods=("GET", "HEAD", "POST"))(checked)


def _chosen(request: Request) -> list[ContactList]:
    """Return the lists whose ids are in the form or the address; 404 when none of them exists."""
    ids = list(_versions(request))[:MOST_LISTS]
    found = list(seen_lists(request.by).filter(pk__in=ids).order_by("key", "id"))
    if ids and not found:
        raise Http404
    return found


def _versions(request: Request) -> dict[int, int | None]:
    """Return the ids in the form or the address, each with the version that was shown when it was ticked."""
    return versions_in(request.POST if request.method == "POST" and "ids" in request.POST else request.GET)


def _ask(request: Request, found: list[ContactList], **context: Any) -> HttpResponse:
    """Render the dialog, which names the lists and says what will happen to them."""
    back = to(request.by, "lists:page", found[0].pk) if len(found) == 1 else to(request.by, "lists:list")
    shown = _versions(request)
    return page(
        request,
        "web/lists/several.html",
        lists=found[:LISTS_NAMED],
        more=max(0, len(found) - LISTS_NAMED),
        ids=",".join(f"{each.pk}.{shown[each.pk] or each.version}" for each in found),
        back=back,
        **context,
    )


@_of_several
def move(request: Request, found: list[ContactList]) -> HttpResponse:
    """«Déplacer vers une catégorie»: ask for the category, then move the lists."""
    form = CategoryForm(request.by, *([request.POST] if request.method == "POST" else []))
    handled = saved(form, lambda: actions.move(request.by, found, form.chosen, _versions(request)))
    if handled is None:
        return _ask(request, found, form=form, heading=_("Move to a category"), submit=_("Move"))
    return _tell(
        request, handled, ngettext_lazy("%(number)d list is moved.", "%(number)d lists are moved.", "number")
    )


@_of_several
def archive(request: Request, found: list[ContactList]) -> HttpResponse:
    """«Archiver»: ask, then archive the lists."""
    done = ngettext_lazy("%(number)d list is archived.", "%(number)d lists are archived.", "number")
    text = _("An archived list keeps its members but is no longer offered. You can take it out of the archive again.")
    asked = {"heading": _("Archive"), "submit": _("Archive"), "text": text}
    return _do(request, found, actions.archive, done, lambda: asked, undo="lists:unarchive")


@_of_several
def unarchive(request: Request, found: list[ContactList]) -> HttpResponse:
    """Ask, then take the lists out of the archive."""
    done = ngettext_lazy(
        "%(number)d list is out of the archive.", "%(number)d lists are out of the archive.", "number"
    )
    asked = {"heading": _("Take out of the archive"), "submit": _("Take out of the archive")}
    return _do(request, found, actions.unarchive, done, lambda: asked, undo="lists:archive")


@_of_several
def delete(request: Request, found: list[ContactList]) -> HttpResponse:
    """«Supprimer»: ask, then delete the lists. Their members are kept."""
    done = ngettext_lazy("%(number)d list is deleted.", "%(number)d lists are deleted.", "number")
    return _do(request, found, actions.delete, done, lambda: _lost(request.by, found))


def _do(
    request: Request,
    found: list[ContactList],
    do: Callable[[Actor, list[ContactList], Versions], Handled],
    done: Promise,
    asked: Callable[[], dict[str, Any]],
    undo: str = "",
) -> HttpResponse:
    """Show the dialog with what ``asked`` returns; on a POST, call ``do`` and say ``done``.

    ``undo``: the view that undoes it.
    """
    send = request.method == "POST"
    handled, refusal = attempt(lambda: do(request.by, found, _versions(request))) if send else (None, "")
    if handled is None:
        return _ask(request, found, refusal=refusal, **asked())
    return _tell(request, handled, done, undo)


def _tell(request: Request, handled: Handled, done: Promise, undo: str = "") -> HttpResponse:
    """Return to «Listes», and say what was done, and which lists stay as they are as someone changed them since."""
    by, number = request.by, len(handled.done)
    said = [done % {"number": number}] if number else []
    if handled.kept:
        names = ", ".join(each.name for each in handled.kept[:LISTS_NAMED])
        said.append(_("Left as they are, since someone changed them meanwhile: %(names)s.") % {"names": names})
    ids = urlencode({"ids": ",".join(f"{each.pk}.{each.version}" for each in handled.done)})
    undo_url = f"{to(by, undo)}?{ids}" if undo and number else ""
    level = messages.WARNING if handled.kept else messages.SUCCESS
    sentence = " ".join(said) or _("Nothing to do: it was already done.")
    return say_at(request, to(by, "lists:list"), sentence, undo_url, level)


def _lost(by: Actor, found: list[ContactList]) -> dict[str, Any]:
    """Return what the dialog says of lists to delete: their numbers of members, and the lists made of them."""
    numbers = counts(by, found)
    return {
        "danger": True,
        "heading": _("Delete"),
        "submit": _("Delete"),
        "text": _("The contacts and organisations in them stay. This can't be undone."),
        "numbers": {each.pk: figure(*numbers[each.pk]) for each in found[:LISTS_NAMED]},
        "made_of": made_of(by, found),
    }
